package dev.porchlight.detection;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Pixels to draw on. Without {@code java.awt.Graphics}: that looks for fonts of the machine, and a bare server has none.
 * Confined to one thread.
 */
final class Canvas {
  private static final float QUALITY = 0.88f;
  private static final int CHANNELS = 3;

  private final BufferedImage image;
  private final byte[] samples;

  /** A black canvas. */
  Canvas(int width, int height) {
    this.image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    this.samples = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
  }

  /** How many bytes a canvas takes. */
  static long bytes(int width, int height) {
    return (long) CHANNELS * width * height;
  }

  int width() {
    return image.getWidth();
  }

  int height() {
    return image.getHeight();
  }

  /** Sets a pixel, which must be there; each value 0 to 255. */
  void set(int x, int y, int red, int green, int blue) {
    int at = CHANNELS * (y * width() + x);
    samples[at] = (byte) blue;
    samples[at + 1] = (byte) green;
    samples[at + 2] = (byte) red;
  }

  /** The colour of a pixel, which must be there, as {@code 0xRRGGBB}. */
  int colour(int x, int y) {
    int at = CHANNELS * (y * width() + x);
    return (samples[at + 2] & 0xFF) << 16 | (samples[at + 1] & 0xFF) << 8 | (samples[at] & 0xFF);
  }

  /**
   * Covers a pixel; outside the canvas nothing happens.
   *
   * @param colour  {@code 0xRRGGBB}
   * @param opacity 0 to 1
   */
  void cover(int x, int y, int colour, double opacity) {
    if (x < 0 || y < 0 || x >= width() || y >= height()) {
      return;
    }
    int at = CHANNELS * (y * width() + x);
    for (int channel = 0; channel < CHANNELS; channel++) {
      int old = samples[at + channel] & 0xFF;
      int wanted = colour >> (8 * channel) & 0xFF;
      samples[at + channel] = (byte) Math.round(old + (wanted - old) * opacity);
    }
  }

  /** Covers a rectangle, as far as it lies on the canvas. */
  void fill(int left, int top, int width, int height, int colour, double opacity) {
    int right = Math.min(left + width, width());
    int bottom = Math.min(top + height, height());
    for (int y = Math.max(0, top); y < bottom; y++) {
      for (int x = Math.max(0, left); x < right; x++) {
        cover(x, y, colour, opacity);
      }
    }
  }

  /** Covers the edge of a rectangle: a band of this width inside it. */
  void frame(int left, int top, int width, int height, int band, int colour, double opacity) {
    int across = Math.min(band, (height + 1) / 2);
    int down = Math.min(band, (width + 1) / 2);
    fill(left, top, width, across, colour, opacity);
    fill(left, top + height - across, width, across, colour, opacity);
    fill(left, top + across, down, height - 2 * across, colour, opacity);
    fill(left + width - down, top + across, down, height - 2 * across, colour, opacity);
  }

  /** What is on the canvas, as a JPEG file. */
  byte[] jpeg() {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      var how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
