package dev.porchlight.bench;

import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import org.jspecify.annotations.Nullable;

/** Photos as a camera would send them: JPEGs of a given size. */
final class SamplePictures {
  private static final String PHOTOS = "examples/data";
  private static final List<String> NAMES = List.of("messi5.jpg", "basketball1.png", "aloeL.jpg", "building.jpg",
      "leuvenA.jpg", "home.jpg");
  private static final int MOST = 24;
  private static final float QUALITY = 0.85f;

  private final List<Path> sources;

  private SamplePictures(List<Path> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * Finds photos.
   *
   * @param folder of JPEGs and PNGs, of which the first {@value #MOST} by name are taken; null for photos of opencv-doc
   * @throws BenchException when there are none
   */
  static SamplePictures find(@Nullable Path folder) throws IOException {
    if (folder == null) {
      return new SamplePictures(photos());
    }
    if (!Files.isDirectory(folder)) {
      throw new BenchException("--pictures: " + folder + " is no folder");
    }
    try (Stream<Path> files = Files.list(folder)) {
      List<Path> found = files.filter(SamplePictures::isPicture).sorted().limit(MOST).toList();
      if (found.isEmpty()) {
        throw new BenchException("--pictures: there is no JPEG or PNG in " + folder);
      }
      return new SamplePictures(found);
    }
  }

  private static List<Path> photos() {
    String named = System.getenv("PORCHLIGHT_TEST_MEDIA");
    Path media = Path.of(named == null ? "/" : named);
    Path cache = Path.of(System.getProperty("user.home"), ".cache/porchlight/test-media/usr/share/doc/opencv-doc");
    return Stream.of(media.resolve("usr/share/doc/opencv-doc"), media, cache)
        .map(folder -> NAMES.stream().map(folder.resolve(PHOTOS)::resolve).filter(Files::exists).toList())
        .filter(found -> !found.isEmpty())
        .findFirst()
        .orElseThrow(() -> new BenchException(
            "there are no photos: install opencv-doc (Debian), name its folder with PORCHLIGHT_TEST_MEDIA, or a folder"
                + " of yours with --pictures"));
  }

  private static boolean isPicture(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  /** Writes all of them in this size into a folder, cut to its shape, in an order that stays. */
  List<Path> write(PictureSize size, Path folder) throws IOException {
    var written = new ArrayList<Path>();
    for (Path source : sources) {
      BufferedImage photo = ImageIO.read(source.toFile());
      if (photo == null) {
        throw new BenchException(source + " cannot be read as a picture");
      }
      Path file = folder.resolve(size + "-" + written.size() + ".jpg");
      encode(scaled(photo, size), file);
      written.add(file);
    }
    return written;
  }

  /** The middle of a photo, as large a part as has the shape. */
  private static BufferedImage scaled(BufferedImage photo, PictureSize size) {
    double scale = Math.max((double) size.width() / photo.getWidth(), (double) size.height() / photo.getHeight());
    int width = Math.toIntExact(Math.round(photo.getWidth() * scale));
    int height = Math.toIntExact(Math.round(photo.getHeight() * scale));
    var picture = new BufferedImage(size.width(), size.height(), BufferedImage.TYPE_3BYTE_BGR);
    var graphics = picture.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BICUBIC);
    graphics.drawImage(photo, (size.width() - width) / 2, (size.height() - height) / 2, width, height, null);
    graphics.dispose();
    return picture;
  }

  private static void encode(BufferedImage picture, Path file) throws IOException {
    var writer = ImageIO.getImageWritersByFormatName("jpeg").next();
    try (var out = ImageIO.createImageOutputStream(file.toFile())) {
      var how = writer.getDefaultWriteParam();
      how.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
      how.setCompressionQuality(QUALITY);
      writer.setOutput(out);
      writer.write(null, new IIOImage(picture, null, null), how);
    } finally {
      writer.dispose();
    }
  }
}
