package dev.porchlight.detection;

/**
 * Rows of 8-bit samples that lie interleaved in one array, as most pictures decode.
 *
 * @param pixelStride bytes from one pixel to the next
 * @param rowStride   bytes from one row to the next
 * @param red         bytes from a pixel's start to its red sample; the same one as green and blue for grey
 */
record ByteRows(byte[] samples, int width, int height, int pixelStride, int rowStride, int red, int green,
    int blue) implements PixelRows {

  /** Rows of red, green, blue without gaps. */
  static ByteRows ofRgb(byte[] rgb, int width, int height) {
    return new ByteRows(rgb, width, height, 3, 3 * width, 0, 1, 2);
  }

  @Override
  public void row(int y, int[] rgb) {
    int from = y * rowStride;
    for (int to = 0; to < 3 * width; to += 3) {
      rgb[to] = samples[from + red] & 0xFF;
      rgb[to + 1] = samples[from + green] & 0xFF;
      rgb[to + 2] = samples[from + blue] & 0xFF;
      from += pixelStride;
    }
  }
}
