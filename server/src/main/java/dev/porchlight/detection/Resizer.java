package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Brings pictures into a model's input, upright, by rows, without a copy of the picture. Keeps its working memory from one
 * picture to the next. Confined to one thread.
 */
final class Resizer {
  private static final int CHANNELS = InputLayout.CHANNELS;

  private final InputLayout layout;
  private final float[] sums;
  private float[] reduced = new float[0];
  private int[] rgb = new int[0];
  private @Nullable Placement last;

  Resizer(InputLayout layout) {
    this.layout = layout;
    this.sums = new float[layout.values()];
  }

  /**
   * Writes the picture as displayed.
   *
   * @param out of the layout's many values, always the same one: what lies about the picture is written only when it moves
   * @return where the picture lies
   */
  Placement into(Picture picture, FloatBuffer out) {
    Placement placement = layout.fit().place(picture.width(), picture.height(), layout.width(), layout.height());
    if (!placement.equals(last)) {
      pad(out);
      last = placement;
    }
    Orientation orientation = picture.orientation();
    int across = orientation.isTurned() ? placement.down() : placement.across();
    int down = orientation.isTurned() ? placement.across() : placement.down();
    average(picture.rows(), across, down);
    for (int channel = 0; channel < CHANNELS; channel++) {
      write(orientation, placement, across, down, channel, out);
    }
    return placement;
  }

  private void write(Orientation orientation, Placement placement, int across, int down, int channel,
      FloatBuffer out) {
    PixelScale scale = layout.scale();
    int step = layout.pixelStep();
    int offset = layout.offset(channel);
    int from = channel;
    for (int y = 0; y < down; y++) {
      for (int x = 0; x < across; x++) {
        int row = placement.top() + orientation.displayedY(x, y, across, down);
        int column = placement.left() + orientation.displayedX(x, y, across, down);
        out.put(offset + step * (row * layout.width() + column), scale.of(sums[from], channel));
        from += CHANNELS;
      }
    }
  }

  private void pad(FloatBuffer out) {
    for (int channel = 0; channel < CHANNELS; channel++) {
      float padding = layout.padding(channel);
      for (int pixel = 0; pixel < layout.width() * layout.height(); pixel++) {
        out.put(layout.offset(channel) + layout.pixelStep() * pixel, padding);
      }
    }
  }

  /** The picture as stored, of this many pixels, in the first places of {@link #sums}. */
  private void average(PixelRows rows, int width, int height) {
    Taps across = Taps.of(rows.width(), width);
    Taps down = Taps.of(rows.height(), height);
    if (rgb.length < CHANNELS * rows.width()) {
      rgb = new int[CHANNELS * rows.width()];
    }
    if (reduced.length != CHANNELS * width) {
      reduced = new float[CHANNELS * width];
    }
    Arrays.fill(sums, 0, CHANNELS * width * height, 0);
    int lowest = 0;
    for (int y = 0; y < rows.height(); y++) {
      rows.row(y, rgb);
      reduceRow(across);
      while (lowest < height && down.first(lowest) + down.weights(lowest).length <= y) {
        lowest++;
      }
      for (int target = lowest; target < height && down.first(target) <= y; target++) {
        int tap = y - down.first(target);
        if (tap < down.weights(target).length) {
          add(target, down.weights(target)[tap]);
        }
      }
    }
  }

  private void reduceRow(Taps across) {
    int to = 0;
    for (int x = 0; to < reduced.length; x++) {
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
      reduced[to++] = red;
      reduced[to++] = green;
      reduced[to++] = blue;
    }
  }

  private void add(int target, float weight) {
    int offset = target * reduced.length;
    for (int i = 0; i < reduced.length; i++) {
      sums[offset + i] += weight * reduced[i];
    }
  }
}
