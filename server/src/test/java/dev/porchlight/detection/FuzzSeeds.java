package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import dev.porchlight.picture.MadePictures;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import javax.imageio.ImageIO;
import org.opentest4j.TestAbortedException;

/** Real photos, made small so that thousands can be looked at, in every coding that is taken. */
final class FuzzSeeds {
  private static final int[] TYPES = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_BYTE_GRAY};
  private static final int[] PNG_TYPES = {BufferedImage.TYPE_3BYTE_BGR, BufferedImage.TYPE_4BYTE_ABGR,
    BufferedImage.TYPE_BYTE_INDEXED, BufferedImage.TYPE_BYTE_GRAY, BufferedImage.TYPE_USHORT_GRAY,
    BufferedImage.TYPE_BYTE_BINARY};

  private FuzzSeeds() {}

  static List<byte[]> make() {
    var seeds = new ArrayList<byte[]>();
    for (BufferedImage photo : List.of(photo("examples/data/messi5.jpg", 5),
        photo("examples/data/basketball1.png", 7))) {
      for (int type : TYPES) {
        BufferedImage image = copy(photo, type);
        seeds.add(MadePictures.jpeg(image));
        seeds.add(MadePictures.progressiveJpeg(image));
        seeds.add(MadePictures.withOrientation(MadePictures.jpeg(image), 6, ByteOrder.LITTLE_ENDIAN));
      }
      for (int type : PNG_TYPES) {
        seeds.add(MadePictures.png(copy(photo, type)));
      }
      seeds.add(MadePictures.interlacedPng(photo));
      seeds.add(MadePictures.withChunk(MadePictures.png(photo), "eXIf", MadePictures.tiff(8, ByteOrder.BIG_ENDIAN)));
    }
    return List.copyOf(seeds);
  }

  /** A photo with one pixel in {@code step} of each row; noise where the photos are missing. */
  private static BufferedImage photo(String name, int step) {
    try {
      BufferedImage whole = ImageIO.read(TestMedia.find(name).toFile());
      var small = new BufferedImage(whole.getWidth() / step, whole.getHeight() / step, BufferedImage.TYPE_INT_RGB);
      for (int y = 0; y < small.getHeight(); y++) {
        for (int x = 0; x < small.getWidth(); x++) {
          small.setRGB(x, y, whole.getRGB(x * step, y * step));
        }
      }
      return small;
    } catch (TestAbortedException _) {
      return MadePictures.noise(100, 70);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static BufferedImage copy(BufferedImage of, int type) {
    var copy = new BufferedImage(of.getWidth(), of.getHeight(), type);
    for (int y = 0; y < of.getHeight(); y++) {
      for (int x = 0; x < of.getWidth(); x++) {
        copy.setRGB(x, y, of.getRGB(x, y));
      }
    }
    return copy;
  }
}
