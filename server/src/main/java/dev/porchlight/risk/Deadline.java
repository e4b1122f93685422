package dev.porchlight.risk;

import java.time.Duration;
import java.util.function.LongSupplier;

/** When something has to be done by. */
record Deadline(LongSupplier nanoTime, long at) {
  static Deadline in(Duration time, LongSupplier nanoTime) {
    return new Deadline(nanoTime, nanoTime.getAsLong() + time.toNanos());
  }

  /** What is left; not positive when nothing is. */
  Duration left() {
    return Duration.ofNanos(at - nanoTime.getAsLong());
  }
}
