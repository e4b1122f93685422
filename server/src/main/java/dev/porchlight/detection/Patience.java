package dev.porchlight.detection;

import java.time.Duration;

/**
 * How often a detector elsewhere is asked before it counts as down, and when it is asked again.
 *
 * @param retries      how often a request is repeated at once
 * @param firstPause   before the first repetition; twice that before each further one, give or take a quarter
 * @param failures     in a row, after which nothing is asked for a while
 * @param rest         for how long
 */
record Patience(int retries, Duration firstPause, int failures, Duration rest) {
  static final Patience USUAL = new Patience(2, Duration.ofMillis(250), 6, Duration.ofSeconds(15));
}
