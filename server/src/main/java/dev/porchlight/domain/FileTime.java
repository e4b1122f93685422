package dev.porchlight.domain;

import java.time.Duration;
import java.time.Instant;

/** When a picture was taken, or a video ended, as far as a file tells. */
public final class FileTime {
  /** A camera's clock or a copying tool may set any time; what is further back, or ahead, is not believed. */
  private static final Duration BELIEVED = Duration.ofHours(24);

  private FileTime() {}

  /** The file's modification time when it lies within the 24 hours before its arrival, else its arrival. */
  public static Instant of(Instant modifiedAt, Instant arrivedAt) {
    boolean isAhead = modifiedAt.isAfter(arrivedAt);
    boolean isLongAgo = modifiedAt.isBefore(arrivedAt.minus(BELIEVED));
    return isAhead || isLongAgo ? arrivedAt : modifiedAt;
  }
}
