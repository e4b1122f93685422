package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.nio.ByteOrder;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The default model on real pictures: what it sees, and where. */
class RealPicturesTest {
  private static OnnxDetector detector;

  private final PictureReader reader = new PictureReader(new PictureMemory());

  @BeforeAll
  static void open() {
    detector = OnnxDetector.open(new DetectionConfig(null, 0.5, 1));
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  @Test
  void seesPersons() throws Exception {
    sees("examples/data/messi5.jpg", object("person", 62, 64, 382, 271));
    sees("examples/data/basketball1.png", object("person", 33, 85, 135, 395), object("person", 465, 22, 173, 444));
  }

  @Test
  void seesADogAndNoCatInIt() throws Exception {
    sees("examples/data/chicky_512.png", object("dog", 0, 16, 501, 493));
  }

  @Test
  void seesVehicles() throws Exception {
    sees("examples/data/licenseplate_motion.jpg", object("car", 1, 20, 597, 457));
    sees("opencv4/html/pexels_double_decker_bus.jpg", object("bus", 60, 123, 423, 272), object("car", 12, 286, 50, 43));
    sees("opencv4/html/motion_original.jpg", object("car", 51, 118, 214, 112), object("car", 239, 118, 270, 183),
        object("car", 551, 157, 30, 18));
  }

  @Test
  void seesPersonsAndACarInAStreet() throws Exception {
    sees("examples/text/scenetext01.jpg", object("car", 394, 420, 294, 160), object("person", 671, 369, 129, 231),
        object("person", 0, 284, 111, 310));
  }

  @ParameterizedTest
  @ValueSource(strings = {"examples/data/fruits.jpg", "examples/reg/home.png", "examples/data/leuvenA.jpg",
    "examples/data/sudoku.png"})
  void seesNobodyWhereNobodyIs(String name) throws Exception {
    assertThat(detect(name)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void seesTheSameHoweverTheCameraWasHeld(int exif) throws Exception {
    var upright = ImageIO.read(TestMedia.find("examples/data/messi5.jpg").toFile());
    byte[] turned = MadePictures.withOrientation(
        MadePictures.jpeg(ResizerTest.stored(upright, Orientation.ofExif(exif))),
        exif, ByteOrder.BIG_ENDIAN);

    try (var picture = reader.decode(turned, Sight.USUAL)) {
      assertThat(detector.detect(picture)).singleElement()
          .satisfies(found -> assertThat(overlap(found.box(), new Box(62, 64, 382, 271))).isGreaterThan(0.95));
    }
  }

  private void sees(String name, DetectedObject... expected) throws IOException, InterruptedException {
    List<DetectedObject> found = detect(name);

    assertThat(found).extracting(DetectedObject::objectType)
        .containsExactlyInAnyOrderElementsOf(List.of(expected).stream().map(DetectedObject::objectType).toList());
    assertThat(List.of(expected)).allSatisfy(object -> assertThat(found)
        .anyMatch(f -> f.objectType().equals(object.objectType()) && overlap(f.box(), object.box()) > 0.8));
  }

  private List<DetectedObject> detect(String name) throws IOException, InterruptedException {
    try (var picture = reader.read(TestMedia.find(name), Sight.USUAL)) {
      return detector.detect(picture);
    }
  }

  private static DetectedObject object(String type, int x, int y, int width, int height) {
    return new DetectedObject(type, 1, new Box(x, y, width, height));
  }

  /** Intersection over union. */
  private static double overlap(Box a, Box b) {
    int across = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    int down = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    double shared = Math.max(across, 0) * (double) Math.max(down, 0);
    return shared / ((double) a.width() * a.height() + (double) b.width() * b.height() - shared);
  }
}
