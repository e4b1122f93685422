package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import java.util.List;

/**
 * A line of text on a filled ground, somewhere in a picture.
 *
 * @param cell the size of its letters: see {@link StrokeFont}
 */
record Label(String text, double cell, int left, int top, int width, int height) {
  /** Around the letters, in cells. */
  private static final double PADDING = 2;

  /**
   * Finds a place for a label: above its box, inside it, below it, or further off: the first where it is whole and covers
   * none of the labels that are there, else the first where it is whole. A text that is wider than the picture is made smaller,
   * and in a picture of a few pixels it is cut.
   */
  static Label place(String text, double cell, Box box, int pictureWidth, int pictureHeight, List<Label> placed) {
    double fitting = Math.min(cell, (pictureWidth - 1) / (StrokeFont.cells(text) + 2 * PADDING));
    double size = Math.max(fitting, Math.min(cell, 1));
    int width = Math.min((int) Math.ceil((StrokeFont.cells(text) + 2 * PADDING) * size), pictureWidth);
    int height = Math.min((int) Math.ceil((StrokeFont.LINE_CELLS + 2 * PADDING) * size), pictureHeight);
    int left = Math.clamp(box.x(), 0, pictureWidth - width);
    int end = box.y() + box.height();
    int[] tops = {box.y() - height, box.y(), end, end - height, box.y() - 2 * height, end + height,
      box.y() - 3 * height,
      end + 2 * height};
    int[] lefts = {left, Math.clamp(box.x() + (long) box.width() - width, 0, pictureWidth - width)};
    Label first = null;
    for (int x : lefts) {
      for (int y : tops) {
        var label = new Label(text, size, x, y, width, height);
        if (y >= 0 && y + height <= pictureHeight) {
          if (placed.stream().noneMatch(label::covers)) {
            return label;
          }
          first = first == null ? label : first;
        }
      }
    }
    int top = Math.clamp(box.y(), 0, pictureHeight - height);
    return first == null ? new Label(text, size, left, top, width, height) : first;
  }

  private boolean covers(Label other) {
    return left < other.left + other.width && other.left < left + width && top < other.top + other.height
        && other.top < top + height;
  }

  /** Draws it; {@code opacity} is that of the ground, and the letters stay readable. */
  void draw(Canvas canvas, int colour, double opacity) {
    canvas.fill(left, top, width, height, colour, opacity);
    StrokeFont.draw(canvas, text, left + PADDING * cell, top + PADDING * cell, cell, Annotation.contrast(colour));
  }
}
