package dev.porchlight.batch;

import dev.porchlight.domain.Batch;
import java.time.Duration;
import java.time.Instant;

/** A batch that may still grow, and the rules of when it may not. Immutable. */
record OpenBatch(long id, Instant firstAt, Instant lastAt) {
  static OpenBatch of(Batch batch) {
    return new OpenBatch(batch.id(), batch.firstAt(), batch.lastAt());
  }

  /**
   * True when a frame of this time shows that the batch is over: it lies the window or more after its first detection, or
   * the idle time or more after its last. A late frame never does.
   */
  boolean isEndedBy(Instant frameTime, BatchConfig config) {
    return reaches(firstAt, frameTime, config.window()) || reaches(lastAt, frameTime, config.idle());
  }

  /**
   * True for a late frame that does not belong here either: with it the batch would last for the window or longer. What it
   * shows is a batch of its own.
   */
  boolean isTooLateFor(Instant frameTime, BatchConfig config) {
    return frameTime.isBefore(firstAt) && reaches(frameTime, lastAt, config.window());
  }

  /** This batch with detections at {@code frameTime} in it. */
  OpenBatch joinedBy(Instant frameTime) {
    return new OpenBatch(id, frameTime.isBefore(firstAt) ? frameTime : firstAt,
        frameTime.isAfter(lastAt) ? frameTime : lastAt);
  }

  private static boolean reaches(Instant from, Instant to, Duration length) {
    return Duration.between(from, to).compareTo(length) >= 0;
  }
}
