package dev.porchlight.detection;

import java.text.Normalizer;

/**
 * Letters of our own, drawn without a font of the machine. Each is a small grid of points, see {@link Glyphs}; neighbouring
 * points are joined by strokes with round ends, so that letters are smooth at every size. All lengths are in cells, the
 * distance of two points; a cell may be any number of pixels. Stateless.
 */
final class StrokeFont {
  /** The height of a capital letter. */
  static final int CAPITAL_CELLS = 7;
  /** The height of a line, with what hangs below it. */
  static final int LINE_CELLS = Glyphs.ROWS;

  private static final double GAP = 1;
  /** Half the width of a stroke; small letters need more, or they fade. */
  private static final double RADIUS = 0.55;

  private StrokeFont() {}

  /** The width of a text. */
  static double cells(String text) {
    double width = 0;
    for (char letter : plain(text).toCharArray()) {
      width += Glyphs.of(letter).width() + GAP;
    }
    return Math.max(0, width - GAP);
  }

  /**
   * Draws a line of text, as far as it lies on the canvas.
   *
   * @param left in pixels, as {@code top}: the corner of the first letter's first cell
   * @param cell in pixels
   */
  static void draw(Canvas canvas, String text, double left, double top, double cell, int colour) {
    double x = left;
    for (char letter : plain(text).toCharArray()) {
      Glyph glyph = Glyphs.of(letter);
      draw(canvas, glyph, x, top, cell, colour);
      x += (glyph.width() + GAP) * cell;
    }
  }

  /** Letters without their accents: those of other scripts are drawn as what stands for the unknown. */
  private static String plain(String text) {
    return Normalizer.normalize(text, Normalizer.Form.NFD).replaceAll("\\p{M}", "");
  }

  private static void draw(Canvas canvas, Glyph glyph, double left, double top, double cell, int colour) {
    double radius = Math.max(RADIUS * cell, 0.62);
    int endX = (int) Math.ceil(left + (glyph.width() + 1) * cell);
    int endY = (int) Math.ceil(top + (Glyphs.ROWS + 1) * cell);
    for (int y = (int) Math.floor(top - cell); y < endY; y++) {
      for (int x = (int) Math.floor(left - cell); x < endX; x++) {
        // In cells from the middle of the first point; a pixel is covered by as much of it as lies within the stroke.
        double distance = glyph.distance((x + 0.5 - left) / cell - 0.5, (y + 0.5 - top) / cell - 0.5);
        double covered = Math.clamp(radius - distance * cell + 0.5, 0, 1);
        if (covered > 0) {
          canvas.cover(x, y, colour, covered);
        }
      }
    }
  }
}
