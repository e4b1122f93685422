package dev.porchlight.video;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Decides which pictures of a camera are worth a look: those in which something moves, and for a while those after it. It
 * never changes a picture; the detector sees the whole of what passes. Confined to one thread, but for {@link #noticed}.
 *
 * <p>What passes: everything with a sensitivity of 0; the first pictures, from which the background is learned; motion;
 * three seconds after motion, since who stops is still there; and while the last look found something, one picture every
 * ten seconds for a minute, so that who stands still goes on being seen, but a parked car does not go on for ever.
 */
final class MotionGate {
  private static final int LEARNING = 3;
  private static final long TAIL = Duration.ofSeconds(3).toNanos();
  private static final long KEEP_ALIVE = Duration.ofSeconds(10).toNanos();
  private static final long LONGEST_KEEP_ALIVE = Duration.ofMinutes(1).toNanos();

  private final double sensitivity;
  private final double least;
  private @Nullable Background background;
  private int seen;
  private boolean hasMoved;
  private long movedAt;
  private long passedAt;
  private volatile boolean foundSomething;

  /**
   * Makes a gate that knows nothing yet.
   *
   * @param sensitivity 0 lets everything pass; from there to 1 ever smaller motion does
   */
  MotionGate(double sensitivity) {
    this.sensitivity = sensitivity;
    this.least = least(sensitivity);
  }

  /**
   * The fraction of the picture that has to change: ten times less for every third of the scale, from a tenth of the picture
   * to a ten-thousandth. At the standard 0.7 it is 0.08 %: a person of 20 by 50 pixels in a picture of 1280 by 720.
   */
  static double least(double sensitivity) {
    return Math.pow(10, -1 - 3 * sensitivity);
  }

  /**
   * Takes a picture in, and decides.
   *
   * @param atNanos the picture's time on any scale that does not go back
   */
  boolean passes(YuvFrame frame, long atNanos) {
    if (sensitivity == 0) {
      return true;
    }
    Background known = background;
    if (known == null || !known.isOf(frame)) {
      known = new Background(frame);
      background = known;
      seen = 0;
    }
    if (known.changed(frame, atNanos) >= least && seen >= LEARNING) {
      hasMoved = true;
      movedAt = atNanos;
    }
    boolean passes = seen < LEARNING || isNearMotion(atNanos);
    seen = Math.min(seen + 1, LEARNING);
    if (passes) {
      passedAt = atNanos;
    }
    return passes;
  }

  /** What came of the last look at a picture that passed; from any thread. */
  void noticed(boolean something) {
    foundSomething = something;
  }

  private boolean isNearMotion(long now) {
    if (!hasMoved) {
      return false;
    }
    long still = now - movedAt;
    return still <= TAIL
        || (foundSomething && still <= LONGEST_KEEP_ALIVE && now - passedAt >= KEEP_ALIVE);
  }
}
