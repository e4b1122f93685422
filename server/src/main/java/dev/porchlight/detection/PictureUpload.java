package dev.porchlight.detection;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * A picture as a detector elsewhere is given it: upright, since many do not heed EXIF. The file itself where nothing turns
 * it; else its pixels, turned, as a JPEG.
 *
 * @param width  pixels across of what is sent, in which its boxes are measured; {@code height} likewise
 */
@SuppressWarnings("ArrayRecordComponent") // Up to 32 MiB, and nobody compares or changes them.
record PictureUpload(byte[] bytes, String contentType, String fileName, int width, int height) {
  private static final float QUALITY = 0.9f;
  private static final byte JPEG_START = (byte) 0xFF;

  static PictureUpload of(Picture picture) {
    byte[] file = Objects.requireNonNull(picture.file(), "a remote detector reads files");
    if (picture.orientation() != Orientation.UPRIGHT) {
      BufferedImage upright = upright(picture);
      return new PictureUpload(jpeg(upright), "image/jpeg", "picture.jpg", upright.getWidth(), upright.getHeight());
    }
    boolean isJpeg = file[0] == JPEG_START;
    return new PictureUpload(file, isJpeg ? "image/jpeg" : "image/png", isJpeg ? "picture.jpg" : "picture.png",
        picture.width(), picture.height());
  }

  private static BufferedImage upright(Picture picture) {
    PixelRows rows = picture.rows();
    Orientation orientation = picture.orientation();
    int width = rows.width();
    int height = rows.height();
    var image = new BufferedImage(orientation.isTurned() ? height : width, orientation.isTurned() ? width : height,
        BufferedImage.TYPE_INT_RGB);
    var rgb = new int[3 * width];
    for (int y = 0; y < height; y++) {
      rows.row(y, rgb);
      for (int x = 0; x < width; x++) {
        image.setRGB(orientation.displayedX(x, y, width, height), orientation.displayedY(x, y, width, height),
            rgb[3 * x] << 16 | rgb[3 * x + 1] << 8 | rgb[3 * x + 2]);
      }
    }
    return image;
  }

  private static byte[] jpeg(BufferedImage image) {
    var bytes = new ByteArrayOutputStream();
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(image, null, null), how);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }
}
