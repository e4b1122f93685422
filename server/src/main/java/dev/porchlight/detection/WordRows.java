package dev.porchlight.detection;

import dev.porchlight.domain.Box;

/**
 * Rows of 32-bit words, as Leptonica has pixels: a word for each, red in its highest byte, then green and blue; or a byte for
 * each, grey, the first one in a word's highest byte.
 */
final class WordRows implements PixelRows {
  /** Of each pixel: a word of the library's, and its copy here. */
  static final int BYTES_WHILE_DECODING = 2 * Integer.BYTES;

  private final int[] words;
  private final int left;
  private final int top;
  private final int width;
  private final int height;
  private final int wordsPerRow;
  private final boolean isGrey;

  WordRows(int[] words, int width, int height, int wordsPerRow, boolean isGrey) {
    this(words, 0, 0, width, height, wordsPerRow, isGrey);
  }

  private WordRows(int[] words, int left, int top, int width, int height, int wordsPerRow, boolean isGrey) {
    this.words = words;
    this.left = left;
    this.top = top;
    this.width = width;
    this.height = height;
    this.wordsPerRow = wordsPerRow;
    this.isGrey = isGrey;
  }

  /** A part of it, in pixels of the source, of which each pixel here is {@code step} across and down. */
  WordRows part(Box part, int step) {
    int fromX = part.x() / step;
    int fromY = part.y() / step;
    int toX = Math.min(width, Math.ceilDiv(part.x() + part.width(), step));
    int toY = Math.min(height, Math.ceilDiv(part.y() + part.height(), step));
    return new WordRows(words, left + fromX, top + fromY, toX - fromX, toY - fromY, wordsPerRow, isGrey);
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public void row(int y, int[] rgb) {
    int from = (top + y) * wordsPerRow;
    if (isGrey) {
      grey(from, rgb);
      return;
    }
    int to = 0;
    for (int x = left; x < left + width; x++) {
      int word = words[from + x];
      rgb[to] = word >>> 24;
      rgb[to + 1] = (word >>> 16) & 0xFF;
      rgb[to + 2] = (word >>> 8) & 0xFF;
      to += 3;
    }
  }

  private void grey(int from, int[] rgb) {
    int to = 0;
    for (int x = left; x < left + width; x++) {
      int grey = (words[from + (x >> 2)] >>> (24 - Byte.SIZE * (x & 3))) & 0xFF;
      rgb[to] = grey;
      rgb[to + 1] = grey;
      rgb[to + 2] = grey;
      to += 3;
    }
  }
}
