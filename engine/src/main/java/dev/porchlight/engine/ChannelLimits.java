package dev.porchlight.engine;

import java.time.Duration;

/**
 * How much a channel remembers; whichever limit is reached first counts.
 *
 * @param messages most messages
 * @param bytes    most bytes of frames
 * @param age      greatest age
 */
public record ChannelLimits(int messages, long bytes, Duration age) {
  /** What a channel remembers unless it is told otherwise. */
  public static final ChannelLimits DEFAULT = new ChannelLimits(10_000, 16L << 20, Duration.ofMinutes(10));

  public ChannelLimits {
    if (messages < 1 || bytes < 1 || age.isNegative() || age.isZero()) {
      throw new IllegalArgumentException("a channel remembers at least one message: " + messages + ", " + bytes
          + " bytes, " + age);
    }
  }
}
