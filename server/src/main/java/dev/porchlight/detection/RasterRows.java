package dev.porchlight.detection;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * Rows of any raster that ImageIO makes of a JPEG or PNG. Samples are taken as they are: colour profiles and alpha are
 * ignored, and grey is not brightened as {@link BufferedImage#getRGB} does, for which grey is linear light.
 */
final class RasterRows implements PixelRows {
  private final Raster raster;
  private final int[] palette;
  private final int shift;

  private RasterRows(Raster raster, int[] palette) {
    this.raster = raster;
    this.palette = palette;
    this.shift = Math.max(0, raster.getSampleModel().getSampleSize(0) - Byte.SIZE);
  }

  /** The quickest rows for this image. */
  static PixelRows of(BufferedImage image) {
    Raster raster = image.getRaster();
    ColorModel colours = image.getColorModel();
    if (colours instanceof IndexColorModel indexed) {
      var palette = new int[indexed.getMapSize()];
      indexed.getRGBs(palette);
      return new RasterRows(raster, palette);
    }
    if (colours.getColorSpace().getType() == ColorSpace.TYPE_CMYK) {
      return new CmykRows(raster);
    }
    if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
        && raster.getDataBuffer() instanceof DataBufferByte data && raster.getParent() == null
        && data.getOffset() == 0) {
      return ByteRows.of(data.getData(), model);
    }
    return new RasterRows(raster, new int[0]);
  }

  @Override
  public int width() {
    return raster.getWidth();
  }

  @Override
  public int height() {
    return raster.getHeight();
  }

  @Override
  public void row(int y, int[] rgb) {
    int bands = raster.getNumBands();
    int[] samples = raster.getPixels(0, y, width(), 1, (int[]) null);
    for (int x = 0; x < width(); x++) {
      int from = x * bands;
      int to = x * 3;
      if (palette.length > 0) {
        int colour = palette[Math.min(samples[from], palette.length - 1)];
        rgb[to] = colour >> 16 & 0xFF;
        rgb[to + 1] = colour >> 8 & 0xFF;
        rgb[to + 2] = colour & 0xFF;
      } else {
        int step = bands < 3 ? 0 : 1;
        rgb[to] = samples[from] >> shift;
        rgb[to + 1] = samples[from + step] >> shift;
        rgb[to + 2] = samples[from + 2 * step] >> shift;
      }
    }
  }
}
