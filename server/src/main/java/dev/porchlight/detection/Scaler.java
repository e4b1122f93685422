package dev.porchlight.detection;

import java.util.Arrays;

/**
 * Brings a decoded picture to another size, row by row, without turning it: besides what is made it needs two rows of memory.
 * Confined to one thread.
 */
final class Scaler {
  private static final int CHANNELS = 3;

  private final PixelRows rows;
  private final Taps across;
  private final Taps down;
  private final int[] rgb;
  private final float[] mixed;
  private int readRow = -1;

  Scaler(PixelRows rows, int width, int height) {
    this.rows = rows;
    this.across = Taps.of(rows.width(), width);
    this.down = Taps.of(rows.height(), height);
    this.rgb = new int[CHANNELS * rows.width()];
    this.mixed = new float[across.rowValues(rows.width())];
  }

  /** Writes row {@code y} of the new size as red, green, blue, each 0 to 255, into the first places of {@code into}. */
  void row(int y, float[] into) {
    // Down first: that is one long loop over neighbours, of which a processor does many at once.
    Arrays.fill(mixed, 0);
    for (int tap = 0; tap < down.count(); tap++) {
      float share = down.share(y, tap);
      if (share != 0) {
        read(down.first(y) + tap);
        for (int i = 0; i < rgb.length; i++) {
          mixed[i] += share * rgb[i];
        }
      }
    }
    across.apply(mixed, into);
  }

  private void read(int y) {
    if (readRow != y) {
      rows.row(y, rgb);
      readRow = y;
    }
  }
}
