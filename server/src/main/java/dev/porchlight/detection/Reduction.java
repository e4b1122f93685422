package dev.porchlight.detection;

/**
 * By how much a picture is reduced while it is decoded: every {@code step}-th pixel of every {@code step}-th row is kept.
 * The shorter side stays at {@value #SHORTER_SIDE} pixels or more, twice what the default model sees, so that averaging
 * still has something to average; but never more than {@value #MAX_PIXELS} pixels are kept, whatever the shape.
 */
record Reduction(int step, long pixels) {
  private static final int SHORTER_SIDE = 600;
  private static final long MAX_PIXELS = 8_000_000;

  static Reduction of(int width, int height) {
    int step = Math.max(1, Math.min(width, height) / SHORTER_SIDE);
    while (kept(width, height, step) > MAX_PIXELS) {
      step++;
    }
    return new Reduction(step, kept(width, height, step));
  }

  private static long kept(int width, int height, int step) {
    return Math.ceilDiv((long) width, step) * Math.ceilDiv((long) height, step);
  }
}
