package dev.porchlight.risk;

import java.time.Duration;

/**
 * How long a language model is left alone.
 *
 * @param retry twice this before the first repetition of a request, and twice as long before each further one
 * @param rest  after several failures in a row
 */
record Pauses(Duration retry, Duration rest) {
  static final Pauses STANDARD = new Pauses(Duration.ofMillis(250), Duration.ofSeconds(30));
}
