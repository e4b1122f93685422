package dev.porchlight.detection;

/** Decoded pixels as stored, read row by row. Immutable once made. */
interface PixelRows {
  int width();

  int height();

  /** Writes row {@code y} as red, green, blue, each 0 to 255, into the first {@code 3 * width()} places of {@code rgb}. */
  void row(int y, int[] rgb);
}
