package dev.porchlight.detection;

import java.nio.FloatBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Brings pictures into a model's input, upright, by rows, without a copy of the picture. Keeps its working memory from one
 * picture to the next. Confined to one thread.
 */
final class Resizer {
  private static final int CHANNELS = InputLayout.CHANNELS;

  private final InputLayout layout;
  /** One row of the picture as stored; a turned one may be as long as the input is high. */
  private final float[] row;
  private final float[] line;
  private @Nullable Placement last;

  Resizer(InputLayout layout) {
    this.layout = layout;
    this.row = new float[CHANNELS * Math.max(layout.width(), layout.height())];
    this.line = new float[CHANNELS * layout.width()];
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
    var scaler = new Scaler(picture.rows(), across, down);
    for (int y = 0; y < down; y++) {
      scaler.row(y, row);
      if (orientation == Orientation.UPRIGHT) {
        write(placement, y, across, out);
      } else {
        for (int channel = 0; channel < CHANNELS; channel++) {
          writeTurned(orientation, placement, y, across, down, channel, out);
        }
      }
    }
    return placement;
  }

  /** By whole lines: a float at a time would cost as much as all the rest. */
  private void write(Placement placement, int y, int across, FloatBuffer out) {
    int step = layout.pixelStep();
    int at = step * ((placement.top() + y) * layout.width() + placement.left());
    for (int channel = 0; channel < CHANNELS; channel++) {
      int offset = layout.offset(channel);
      if (layout.channelsFirst()) {
        layout.scale().of(row, across, channel, line, 0, step);
        out.put(offset + at, line, 0, across);
      } else {
        layout.scale().of(row, across, channel, line, offset, step);
      }
    }
    if (!layout.channelsFirst()) {
      out.put(at, line, 0, CHANNELS * across);
    }
  }

  private void writeTurned(Orientation orientation, Placement placement, int y, int across, int down, int channel,
      FloatBuffer out) {
    PixelScale scale = layout.scale();
    int step = layout.pixelStep();
    int offset = layout.offset(channel);
    for (int x = 0; x < across; x++) {
      int line = placement.top() + orientation.displayedY(x, y, across, down);
      int column = placement.left() + orientation.displayedX(x, y, across, down);
      out.put(offset + step * (line * layout.width() + column), scale.of(row[CHANNELS * x + channel], channel));
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
}
