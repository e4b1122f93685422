package dev.porchlight.ingest;

import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32;
import javax.imageio.ImageIO;

/** Pictures made for tests: each number is another one. */
final class Pictures {
  private Pictures() {}

  static byte[] jpeg(int number) {
    return encode(number, "jpg");
  }

  static byte[] png(int number) {
    return encode(number, "png");
  }

  /** A PNG of a few bytes whose header claims this size. */
  static byte[] pngThatClaims(int width, int height) {
    byte[] png = png(1);
    ByteBuffer.wrap(png).putInt(16, width).putInt(20, height);
    var checksum = new CRC32();
    checksum.update(png, 12, 17);
    ByteBuffer.wrap(png).putInt(29, (int) checksum.getValue());
    return png;
  }

  private static byte[] encode(int number, String format) {
    var image = new BufferedImage(64, 48, BufferedImage.TYPE_INT_RGB);
    var canvas = image.createGraphics();
    canvas.setColor(new Color(number * 7919 & 0xFFFFFF));
    canvas.fillRect(number % 32, number % 24, 24, 20);
    canvas.drawString(Integer.toString(number), 4, 40);
    canvas.dispose();
    var bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, format, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
