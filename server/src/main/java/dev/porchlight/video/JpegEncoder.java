package dev.porchlight.video;

import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.concurrent.Semaphore;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageTypeSpecifier;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import javax.imageio.metadata.IIOMetadata;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/**
 * Encodes pictures as JPEG. Their samples are already what a JPEG holds, so they go in as they are, without a way through
 * RGB. At most as many at a time as there are processors: each needs six bytes a pixel while it is at it. Thread-safe.
 */
final class JpegEncoder {
  private static final float QUALITY = 0.85f;
  private static final int CHANNELS = 3;

  private final Semaphore turns = new Semaphore(Math.max(1, Runtime.getRuntime().availableProcessors()), true);

  /** The bytes of a JPEG file that shows {@code frame}. */
  byte[] encode(YuvFrame frame) throws InterruptedException {
    turns.acquire();
    try {
      return encode(raster(frame));
    } finally {
      turns.release();
    }
  }

  private static byte[] encode(Raster raster) {
    ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    var bytes = new ByteArrayOutputStream(raster.getWidth() * raster.getHeight() / 4);
    try (var out = new MemoryCacheImageOutputStream(bytes)) {
      ImageWriteParam param = writer.getDefaultWriteParam();
      param.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      param.setCompressionQuality(QUALITY);
      // The metadata of a colour picture: JFIF, and chroma at half the size. A raster is written without a conversion.
      IIOMetadata metadata = writer.getDefaultImageMetadata(
          ImageTypeSpecifier.createFromBufferedImageType(BufferedImage.TYPE_3BYTE_BGR), param);
      writer.setOutput(out);
      writer.write(null, new IIOImage(raster, null, metadata), param);
    } catch (IOException e) {
      throw new UncheckedIOException("memory can always be written", e);
    } finally {
      writer.dispose();
    }
    return bytes.toByteArray();
  }

  private static WritableRaster raster(YuvFrame frame) {
    int width = frame.width();
    int height = frame.height();
    byte[] samples = frame.samples();
    var pixels = new byte[CHANNELS * width * height];
    int chromaWidth = frame.chromaWidth();
    int at = 0;
    int luma = 0;
    for (int y = 0; y < height; y++) {
      int blue = frame.blueAt() + y / 2 * chromaWidth;
      int red = frame.redAt() + y / 2 * chromaWidth;
      for (int x = 0; x < width; x++) {
        pixels[at++] = samples[luma++];
        pixels[at++] = samples[blue + (x >> 1)];
        pixels[at++] = samples[red + (x >> 1)];
      }
    }
    return Raster.createInterleavedRaster(new DataBufferByte(pixels, pixels.length), width, height, CHANNELS * width,
        CHANNELS, new int[]{0, 1, 2}, null);
  }
}
