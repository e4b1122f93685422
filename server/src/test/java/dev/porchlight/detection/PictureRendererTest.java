package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.PictureView;
import dev.porchlight.domain.RenderedPicture;
import dev.porchlight.picture.MadePictures;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class PictureRendererTest {
  private static final DetectedObject DOG = new DetectedObject("dog", 0.87, new Box(20, 60, 60, 30));

  private final PictureMemory memory = new PictureMemory();
  private final PictureRenderer renderer = new PictureRenderer(memory);

  @TempDir
  private Path folder;

  @AfterEach
  void close() throws InterruptedException {
    renderer.close();
    // All of it was given back: this would wait for ever otherwise.
    memory.pixels(PictureMemory.PIXEL_BYTES).close();
  }

  @ParameterizedTest
  @CsvSource({"320,240,320,240", "768,576,768,576", "3840,2160,2560,1440", "1080,1920,1080,1920", "33,21,33,21"})
  void annotatesThePictureAtItsSizeUpToWhatScreensHave(int width, int height, int outWidth, int outHeight)
      throws Exception {
    byte[] jpeg = MadePictures.jpeg(new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR));

    BufferedImage made = made(jpeg, new PictureView.Annotated(new DetectedObject("dog", 0.87,
        new Box(width / 4, height / 4, width / 2, height / 2)), List.of()));

    assertThat(made.getWidth()).isEqualTo(outWidth);
    assertThat(made.getHeight()).isEqualTo(outHeight);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void drawsTheFrameUprightHoweverTheCameraWasHeld(int exif) throws Exception {
    var upright = new BufferedImage(160, 120, BufferedImage.TYPE_3BYTE_BGR);
    byte[] turned = MadePictures.withOrientation(
        MadePictures.jpeg(ResizerTest.stored(upright, Orientation.ofExif(exif))), exif, ByteOrder.BIG_ENDIAN);

    BufferedImage made = made(turned, new PictureView.Annotated(DOG, List.of()));

    assertThat(made.getWidth()).isEqualTo(160);
    // The colour of animals is green: on the frame's left edge, and not in its middle.
    assertThat(isGreen(made, 21, 75)).isTrue();
    assertThat(isGreen(made, 50, 75)).isFalse();
    assertThat(isGreen(made, 10, 75)).isFalse();
    // The label stands above the box, from its left corner on.
    assertThat(isGreen(made, 21, 50)).isTrue();
  }

  @Test
  void drawsTheOthersOfTheFrameLighter() throws Exception {
    byte[] black = MadePictures.jpeg(new BufferedImage(768, 576, BufferedImage.TYPE_3BYTE_BGR));
    var one = new DetectedObject("dog", 0.9, new Box(100, 200, 200, 200));
    var other = new DetectedObject("dog", 0.8, new Box(400, 200, 200, 200));

    BufferedImage made = made(black, new PictureView.Annotated(one, List.of(other)));

    assertThat(brightest(made, 95, 300, 15)).isGreaterThan(brightest(made, 395, 300, 15) + 40);
    assertThat(brightest(made, 395, 300, 15)).isGreaterThan(60);
  }

  @Test
  void cutsTheThumbnailAroundTheObject() throws Exception {
    var image = new BufferedImage(800, 600, BufferedImage.TYPE_3BYTE_BGR);
    fill(image, 500, 300, 100, 75, Color.RED);

    BufferedImage made = made(MadePictures.png(image), new PictureView.Thumbnail(new Box(500, 300, 100, 75), 280));

    assertThat(made.getWidth()).isEqualTo(280);
    assertThat(made.getHeight()).isEqualTo(210);
    // 140 x 105 pixels of the picture: the object is in the middle, a fifth of it away from the edges.
    assertThat(new Color(made.getRGB(140, 105)).getRed()).isGreaterThan(240);
    assertThat(new Color(made.getRGB(48, 105)).getRed()).isGreaterThan(200);
    assertThat(new Color(made.getRGB(28, 105)).getRed()).isLessThan(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void cutsTheSameFromAPictureThatIsStoredTurned(int exif) throws Exception {
    var upright = new BufferedImage(800, 600, BufferedImage.TYPE_3BYTE_BGR);
    fill(upright, 500, 300, 100, 75, Color.RED);
    byte[] turned = MadePictures.withOrientation(
        MadePictures.jpeg(ResizerTest.stored(upright, Orientation.ofExif(exif))), exif, ByteOrder.LITTLE_ENDIAN);

    BufferedImage made = made(turned, new PictureView.Thumbnail(new Box(500, 300, 100, 75), 280));

    assertThat(new Color(made.getRGB(140, 105)).getRed()).isGreaterThan(230);
    assertThat(new Color(made.getRGB(20, 105)).getRed()).isLessThan(60);
  }

  @Test
  void saysWhenTheFileIsGoneOverwrittenOrNoPicture() throws Exception {
    var view = new PictureView.Thumbnail(new Box(0, 0, 5, 5), 64);
    Path file = Files.write(folder.resolve("a.jpg"), MadePictures.jpeg(MadePictures.noise(64, 48)));

    assertThat(renderer.render(folder.resolve("none.jpg"), "", view)).isEqualTo(new RenderedPicture.Gone());
    assertThat(renderer.render(file, "00", view)).isEqualTo(new RenderedPicture.Overwritten());
    Path text = Files.writeString(folder.resolve("b.jpg"), "hello");
    assertThat(renderer.render(text, sha256(text), view))
        .isEqualTo(new RenderedPicture.Unreadable("it is neither a JPEG nor a PNG"));
  }

  @Test
  void tellsTheNextToComeLaterWhenTooManyWait() throws Exception {
    byte[] jpeg = MadePictures.jpeg(MadePictures.noise(64, 48));
    Path file = Files.write(folder.resolve("a.jpg"), jpeg);
    var view = new PictureView.Thumbnail(new Box(0, 0, 5, 5), 64);
    String sha256 = sha256(file);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<RenderedPicture>> answers;
      // Nothing is decoded while all memory is taken.
      try (var _ = memory.pixels(PictureMemory.PIXEL_BYTES)) {
        answers = IntStream.range(0, 210)
            .mapToObj(_ -> threads.submit(() -> renderer.render(file, sha256, view)))
            .toList();
        await()
            .until(() -> answers.stream().filter(Future::isDone).count() >= 7);
      }
      int busy = 0;
      for (var answer : answers) {
        busy += answer.get() instanceof RenderedPicture.Busy ? 1 : 0;
      }
      assertThat(busy).isBetween(7, 10);
    }
  }

  /** In a process of its own, with the heap that the launcher gives the server. */
  @Test
  void drawsPicturesOf48MegapixelsInTheServersMemoryHoweverManyAreAskedForAtOnce() throws Exception {
    var large = new BufferedImage(8000, 6000, BufferedImage.TYPE_3BYTE_BGR);
    for (int x = 0; x < 8000; x++) {
      large.getRaster().setSample(x, x / 2, 0, 200);
    }
    Path file = Files.write(folder.resolve("large.jpg"), MadePictures.jpeg(large));
    Process process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "-Djava.awt.headless=true", "-cp",
        System.getProperty("java.class.path"), RenderingProcess.class.getName(), file.toString(), sha256(file))
        .redirectErrorStream(true)
        .start();

    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).as(said).isZero();
    assertThat(said).contains("made 12");
  }

  @Test
  void drawsARealPhoto() throws Exception {
    Path file = TestMedia.find("examples/data/messi5.jpg");
    var object = new DetectedObject("person", 0.97, new Box(62, 64, 382, 271));

    var annotated = renderer.render(file, sha256(file), new PictureView.Annotated(object, List.of()));
    var thumbnail = renderer.render(file, sha256(file), new PictureView.Thumbnail(object.box(), 320));

    assertThat(image(annotated).getWidth()).isEqualTo(548);
    assertThat(image(thumbnail).getWidth()).isEqualTo(320);
  }

  private BufferedImage made(byte[] picture, PictureView view) throws IOException, InterruptedException {
    Path file = Files.write(folder.resolve("picture"), picture);
    return image(renderer.render(file, sha256(file), view));
  }

  private static BufferedImage image(RenderedPicture rendered) throws IOException {
    assertThat(rendered).isInstanceOf(RenderedPicture.Jpeg.class);
    return ImageIO.read(new ByteArrayInputStream(((RenderedPicture.Jpeg) rendered).bytes()));
  }

  private static String sha256(Path file) throws IOException {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static void fill(BufferedImage image, int left, int top, int width, int height, Color colour) {
    for (int y = top; y < top + height; y++) {
      for (int x = left; x < left + width; x++) {
        image.setRGB(x, y, colour.getRGB());
      }
    }
  }

  private static boolean isGreen(BufferedImage image, int x, int y) {
    for (int dx = -2; dx <= 2; dx++) {
      var colour = new Color(image.getRGB(x + dx, y));
      if (colour.getGreen() > 110 && colour.getGreen() > colour.getRed() + 30) {
        return true;
      }
    }
    return false;
  }

  private static int brightest(BufferedImage image, int from, int y, int count) {
    int brightest = 0;
    for (int x = from; x < from + count; x++) {
      brightest = Math.max(brightest, new Color(image.getRGB(x, y)).getGreen());
    }
    return brightest;
  }
}
