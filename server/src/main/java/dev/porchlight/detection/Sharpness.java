package dev.porchlight.detection;

import java.awt.image.BufferedImage;
import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;

/**
 * How sharp a picture is: the variance of its Laplacian (Pech-Pacheco and others, "Diatom autofocusing in brightfield
 * microscopy", ICPR 2000). More is sharper; comparable among pictures of one size.
 */
public final class Sharpness {
  private Sharpness() {}

  /** The sharpness of a JPEG of ours; 0 when it cannot be read. */
  public static double of(byte[] jpeg) {
    try {
      BufferedImage image = ImageIO.read(new ByteArrayInputStream(jpeg));
      return image == null ? 0 : of(image.getRaster());
    } catch (IOException _) {
      return 0;
    }
  }

  private static double of(Raster pixels) {
    int width = pixels.getWidth();
    int height = pixels.getHeight();
    if (width < 3 || height < 3) {
      return 0;
    }
    // Green carries most of what is light and dark.
    int[] green = pixels.getSamples(0, 0, width, height, Math.min(1, pixels.getNumBands() - 1), (int[]) null);
    double sum = 0;
    double squares = 0;
    for (int y = 1; y < height - 1; y++) {
      for (int at = y * width + 1; at < (y + 1) * width - 1; at++) {
        int edge = green[at - 1] + green[at + 1] + green[at - width] + green[at + width] - 4 * green[at];
        sum += edge;
        squares += (double) edge * edge;
      }
    }
    double count = (double) (width - 2) * (height - 2);
    double mean = sum / count;
    return squares / count - mean * mean;
  }
}
