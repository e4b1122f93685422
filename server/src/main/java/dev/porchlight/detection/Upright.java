package dev.porchlight.detection;

import java.util.Arrays;

/**
 * Draws a decoded picture upright and at any size, row by row: besides the canvas it needs no more than a few rows of
 * memory. Confined to one thread.
 */
final class Upright {
  private static final int CHANNELS = 3;

  private final PixelRows rows;
  private final Taps across;
  private final int[] source;
  private final float[][] kept;
  private final int[] keptRows = {-1, -1};

  private Upright(PixelRows rows, Taps across, int width) {
    this.rows = rows;
    this.across = across;
    this.source = new int[CHANNELS * rows.width()];
    this.kept = new float[2][CHANNELS * width];
  }

  /** The picture as displayed, filling a canvas of this size. */
  static Canvas draw(Picture picture, int width, int height) {
    Orientation orientation = picture.orientation();
    int storedWidth = orientation.isTurned() ? height : width;
    int storedHeight = orientation.isTurned() ? width : height;
    PixelRows rows = picture.rows();
    var upright = new Upright(rows, Taps.of(rows.width(), storedWidth), storedWidth);
    Taps down = Taps.of(rows.height(), storedHeight);
    var canvas = new Canvas(width, height);
    var mixed = new float[CHANNELS * storedWidth];
    for (int y = 0; y < storedHeight; y++) {
      upright.mix(down.first(y), down.weights(y), mixed);
      for (int x = 0; x < storedWidth; x++) {
        canvas.set(orientation.displayedX(x, y, storedWidth, storedHeight),
            orientation.displayedY(x, y, storedWidth, storedHeight), Math.round(mixed[CHANNELS * x]),
            Math.round(mixed[CHANNELS * x + 1]), Math.round(mixed[CHANNELS * x + 2]));
      }
    }
    return canvas;
  }

  private void mix(int first, float[] weights, float[] mixed) {
    Arrays.fill(mixed, 0);
    for (int tap = 0; tap < weights.length; tap++) {
      float[] row = row(first + tap);
      for (int i = 0; i < mixed.length; i++) {
        mixed[i] += weights[tap] * row[i];
      }
    }
  }

  /** One source row at the new width. Two are kept: neighbouring target rows share no more. */
  private float[] row(int y) {
    int slot = y & 1;
    if (keptRows[slot] != y) {
      rows.row(y, source);
      reduce(kept[slot]);
      keptRows[slot] = y;
    }
    return kept[slot];
  }

  private void reduce(float[] into) {
    for (int x = 0; x < into.length / CHANNELS; x++) {
      int from = CHANNELS * across.first(x);
      float red = 0;
      float green = 0;
      float blue = 0;
      for (float weight : across.weights(x)) {
        red += weight * source[from];
        green += weight * source[from + 1];
        blue += weight * source[from + 2];
        from += CHANNELS;
      }
      into[CHANNELS * x] = red;
      into[CHANNELS * x + 1] = green;
      into[CHANNELS * x + 2] = blue;
    }
  }
}
