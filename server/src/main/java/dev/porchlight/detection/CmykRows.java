package dev.porchlight.detection;

import java.awt.image.Raster;

/** Rows of a four-colour JPEG, whose samples are amounts of ink: ImageIO has undone Adobe's inversion and YCCK. */
record CmykRows(Raster raster) implements PixelRows {
  private static final int FULL = 255;

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
    int[] inks = raster.getPixels(0, y, width(), 1, (int[]) null);
    for (int x = 0; x < width(); x++) {
      int black = FULL - inks[4 * x + 3];
      for (int ink = 0; ink < 3; ink++) {
        rgb[3 * x + ink] = (FULL - inks[4 * x + ink]) * black / FULL;
      }
    }
  }
}
