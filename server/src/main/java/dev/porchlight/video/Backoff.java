package dev.porchlight.video;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next try: each time twice as long, up to a limit, and of that a random part between the half
 * and the whole, so that cameras behind one switch do not all come back at the same moment. Confined to one thread.
 */
final class Backoff {
  private final Duration first;
  private final Duration longest;
  private final RandomGenerator random;
  private Duration next;

  Backoff(Duration first, Duration longest, RandomGenerator random) {
    this.first = first;
    this.longest = longest;
    this.random = random;
    this.next = first;
  }

  /** The next pause. */
  Duration next() {
    Duration whole = next;
    Duration doubled = whole.multipliedBy(2);
    next = doubled.compareTo(longest) < 0 ? doubled : longest;
    return Duration.ofNanos((long) (whole.toNanos() * random.nextDouble(0.5, 1)));
  }

  /** It went well: the next pause is the first again. */
  void reset() {
    next = first;
  }
}
