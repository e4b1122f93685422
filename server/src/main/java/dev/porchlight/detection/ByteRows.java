package dev.porchlight.detection;

import java.awt.image.PixelInterleavedSampleModel;

/** Rows of 8-bit samples that lie interleaved in one array, as most pictures decode. */
final class ByteRows implements PixelRows {
  private final byte[] samples;
  private final int width;
  private final int height;
  private final int pixelStride;
  private final int rowStride;
  private final int red;
  private final int green;
  private final int blue;

  private ByteRows(byte[] samples, int width, int height, int pixelStride, int rowStride, int red, int green,
      int blue) {
    this.samples = samples;
    this.width = width;
    this.height = height;
    this.pixelStride = pixelStride;
    this.rowStride = rowStride;
    this.red = red;
    this.green = green;
    this.blue = blue;
  }

  /** Rows of an image's own array, which is not copied; fewer than three bands are grey, and alpha is ignored. */
  static ByteRows of(byte[] samples, PixelInterleavedSampleModel model) {
    int[] offsets = model.getBandOffsets();
    boolean isGrey = offsets.length < 3;
    return new ByteRows(samples, model.getWidth(), model.getHeight(), model.getPixelStride(), model.getScanlineStride(),
        offsets[0], offsets[isGrey ? 0 : 1], offsets[isGrey ? 0 : 2]);
  }

  /** Rows of red, green, blue without gaps. */
  static ByteRows ofRgb(byte[] rgb, int width, int height) {
    return new ByteRows(rgb, width, height, 3, 3 * width, 0, 1, 2);
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
    int from = y * rowStride;
    for (int to = 0; to < 3 * width; to += 3) {
      rgb[to] = samples[from + red] & 0xFF;
      rgb[to + 1] = samples[from + green] & 0xFF;
      rgb[to + 2] = samples[from + blue] & 0xFF;
      from += pixelStride;
    }
  }
}
