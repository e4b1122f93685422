package dev.porchlight.detection;

/**
 * By how much a picture is reduced while it is decoded, never to less than the detector sees; but never more than
 * {@value #MAX_PIXELS} pixels are kept, whatever the shape.
 */
record Reduction(int step, long pixels) {
  private static final int MOST_SCALE = 8;
  private static final long MAX_PIXELS = 8_000_000;

  /**
   * Every {@code step}-th pixel of every {@code step}-th row is kept. The shorter side stays at twice what the detector sees
   * or more, so that averaging still has something to average.
   *
   * @param seen the longer side of what the detector sees, in pixels
   */
  static Reduction byKeeping(int width, int height, int seen) {
    int step = Math.max(1, Math.min(width, height) / (2 * seen));
    while (kept(width, height, step) > MAX_PIXELS) {
      step++;
    }
    return new Reduction(step, kept(width, height, step));
  }

  /** The same where each pixel kept is the mean of {@code step * step}: 1, 2, 4 or 8. */
  static Reduction byMean(int width, int height, int seen) {
    int step = 1;
    while (step < MOST_SCALE
        && (Math.min(width, height) / (2 * step) >= seen || kept(width, height, step) > MAX_PIXELS)) {
      step *= 2;
    }
    return new Reduction(step, kept(width, height, step));
  }

  /** The same, by at most this much. */
  static Reduction byMeanOfAtMost(int width, int height, int most) {
    int step = Math.min(MOST_SCALE, Integer.highestOneBit(most));
    return new Reduction(step, kept(width, height, step));
  }

  private static long kept(int width, int height, int step) {
    return Math.ceilDiv((long) width, step) * Math.ceilDiv((long) height, step);
  }
}
