package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.Arrays;

/**
 * Stretches pictures to a square of floats, upright, by rows, without a copy of the picture. Keeps its working memory from
 * one picture to the next. Confined to one thread.
 */
final class Stretch {
  private static final int CHANNELS = 3;

  private final int side;
  private final float[] reduced;
  private final float[] sums;
  private int[] rgb = new int[0];

  Stretch(int side) {
    this.side = side;
    this.reduced = new float[CHANNELS * side];
    this.sums = new float[CHANNELS * side * side];
  }

  /**
   * Writes the picture as displayed.
   *
   * @param out {@code side} x {@code side} x 3 (red, green, blue), each {@code x * 2 / 255 - 1}, from index 0 on
   */
  void into(Picture picture, FloatBuffer out) {
    average(picture.rows());
    Orientation orientation = picture.orientation();
    for (int y = 0; y < side; y++) {
      for (int x = 0; x < side; x++) {
        int from = CHANNELS * (y * side + x);
        int to = CHANNELS * (orientation.displayedY(x, y, side) * side + orientation.displayedX(x, y, side));
        for (int channel = 0; channel < CHANNELS; channel++) {
          out.put(to + channel, sums[from + channel] * 2 / 255 - 1);
        }
      }
    }
  }

  private void average(PixelRows rows) {
    Taps across = Taps.of(rows.width(), side);
    Taps down = Taps.of(rows.height(), side);
    if (rgb.length < CHANNELS * rows.width()) {
      rgb = new int[CHANNELS * rows.width()];
    }
    Arrays.fill(sums, 0);
    int lowest = 0;
    for (int y = 0; y < rows.height(); y++) {
      rows.row(y, rgb);
      reduceRow(across);
      while (lowest < side && down.first(lowest) + down.weights(lowest).length <= y) {
        lowest++;
      }
      for (int target = lowest; target < side && down.first(target) <= y; target++) {
        int tap = y - down.first(target);
        if (tap < down.weights(target).length) {
          add(target, down.weights(target)[tap]);
        }
      }
    }
  }

  private void reduceRow(Taps across) {
    for (int x = 0; x < side; x++) {
      float red = 0;
      float green = 0;
      float blue = 0;
      int from = CHANNELS * across.first(x);
      for (float weight : across.weights(x)) {
        red += weight * rgb[from];
        green += weight * rgb[from + 1];
        blue += weight * rgb[from + 2];
        from += CHANNELS;
      }
      reduced[CHANNELS * x] = red;
      reduced[CHANNELS * x + 1] = green;
      reduced[CHANNELS * x + 2] = blue;
    }
  }

  private void add(int target, float weight) {
    int offset = target * reduced.length;
    for (int i = 0; i < reduced.length; i++) {
      sums[offset + i] += weight * reduced[i];
    }
  }
}
