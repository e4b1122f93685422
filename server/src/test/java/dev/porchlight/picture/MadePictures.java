package dev.porchlight.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** Makes pictures for tests, whole and odd. */
public final class MadePictures {
  private MadePictures() {}

  /** A JPEG without the tables of its codes, as frames of motion JPEG are: everybody knows those tables. */
  public static byte[] withoutHuffmanTables(byte[] jpeg) {
    var bare = new ByteArrayOutputStream();
    int at = 2;
    bare.write(jpeg, 0, at);
    while ((jpeg[at + 1] & 0xFF) != 0xDA) {
      int length = 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
      if ((jpeg[at + 1] & 0xFF) != 0xC4) {
        bare.write(jpeg, at, length);
      }
      at += length;
    }
    bare.write(jpeg, at, jpeg.length - at);
    return bare.toByteArray();
  }

  /** Noise that is the same each time. */
  public static BufferedImage noise(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    var random = new Random(1);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.setRGB(x, y, random.nextInt());
      }
    }
    return image;
  }

  public static byte[] jpeg(BufferedImage image) {
    return written(image, "jpeg", ImageWriteParam.MODE_DISABLED);
  }

  public static byte[] progressiveJpeg(BufferedImage image) {
    return written(image, "jpeg", ImageWriteParam.MODE_DEFAULT);
  }

  public static byte[] png(BufferedImage image) {
    return written(image, "png", ImageWriteParam.MODE_DISABLED);
  }

  public static byte[] interlacedPng(BufferedImage image) {
    return written(image, "png", ImageWriteParam.MODE_DEFAULT);
  }

  private static byte[] written(BufferedImage image, String format, int progressive) {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName(format).next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      writer.setOutput(out);
      var how = writer.getDefaultWriteParam();
      how.setProgressiveMode(progressive);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  /** {@code jpeg} with a segment right behind its start. */
  public static byte[] withSegment(byte[] jpeg, int marker, byte[] content) {
    var segment = ByteBuffer.allocate(content.length + 4)
        .put((byte) 0xFF)
        .put((byte) marker)
        .putShort((short) (content.length + 2))
        .put(content)
        .array();
    return joined(Arrays.copyOf(jpeg, 2), segment, Arrays.copyOfRange(jpeg, 2, jpeg.length));
  }

  /** {@code jpeg} with an EXIF segment that gives an orientation. */
  public static byte[] withOrientation(byte[] jpeg, int orientation, ByteOrder order) {
    return withSegment(jpeg, 0xE1, joined(new byte[]{'E', 'x', 'i', 'f', 0, 0}, tiff(orientation, order)));
  }

  /** A TIFF block whose only directory has a width and an orientation. */
  public static byte[] tiff(int orientation, ByteOrder order) {
    var tiff = ByteBuffer.allocate(8 + 2 + 2 * 12 + 4).order(order);
    tiff.putShort((short) (order == ByteOrder.BIG_ENDIAN ? 0x4D4D : 0x4949)).putShort((short) 42).putInt(8);
    tiff.putShort((short) 2);
    tiff.putShort((short) 256).putShort((short) 4).putInt(1).putInt(6);
    tiff.putShort((short) 274).putShort((short) 3).putInt(1).putShort((short) orientation).putShort((short) 0);
    return tiff.array();
  }

  /** {@code png} with a chunk right behind its header. */
  public static byte[] withChunk(byte[] png, String type, byte[] content) {
    int headerEnd = 8 + 12 + 13;
    return joined(Arrays.copyOf(png, headerEnd), chunk(type, content), Arrays.copyOfRange(png, headerEnd, png.length));
  }

  /** A PNG of nothing but a header and this data. */
  public static byte[] pngOf(int width, int height, int depth, int colourType, byte[] data) {
    var header = ByteBuffer.allocate(13).putInt(width).putInt(height).put((byte) depth).put((byte) colourType).array();
    return joined(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1A, '\n'}, chunk("IHDR", header),
        chunk("IDAT", data), chunk("IEND", new byte[0]));
  }

  private static byte[] chunk(String type, byte[] content) {
    var chunk = ByteBuffer.allocate(content.length + 12).putInt(content.length);
    chunk.put(type.getBytes(StandardCharsets.US_ASCII)).put(content);
    var checksum = new CRC32();
    checksum.update(chunk.array(), 4, content.length + 4);
    return chunk.putInt((int) checksum.getValue()).array();
  }

  public static byte[] joined(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
