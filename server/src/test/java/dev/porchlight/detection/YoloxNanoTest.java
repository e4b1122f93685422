package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real model of another family, YOLOX-Nano, on real pictures. It is not part of the project: who has
 * {@code yolox_nano.onnx} of the YOLOX project (0.1.1rc0) names it in PORCHLIGHT_YOLOX_MODEL or by
 * -Dporchlight.yolox-model. Everybody else sees that this is skipped.
 */
class YoloxNanoTest {
  private static OnnxDetector detector;

  private final PictureReader reader = new PictureReader(new PictureMemory());

  @BeforeAll
  static void open() {
    String named = System.getProperty("porchlight.yolox-model", System.getenv("PORCHLIGHT_YOLOX_MODEL"));
    Assumptions.assumeTrue(named != null && Files.isRegularFile(Path.of(named)),
        "no yolox_nano.onnx: name it in PORCHLIGHT_YOLOX_MODEL or -Dporchlight.yolox-model");
    detector = OnnxDetector.open(new DetectionConfig(Path.of(named), 0.3, 1));
  }

  @AfterAll
  static void close() {
    if (detector != null) {
      detector.close();
    }
  }

  @Test
  void isKnownByItsTensors() {
    assertThat(detector.description()).contains("(yolox, 416x416)");
  }

  /**
   * The same as with the YOLOX project's own way of feeding and reading it, which also takes the dog for a cat (0.695 there
   * and here) and is unsure of the car (0.39).
   */
  @ParameterizedTest
  @CsvSource({"examples/data/messi5.jpg, person, 62, 64, 382, 271",
    "examples/data/basketball1.png, person, 465, 22, 173, 444", "examples/data/chicky_512.png, cat, 4, 17, 491, 489",
    "examples/data/licenseplate_motion.jpg, car, 1, 20, 597, 457",
    "opencv4/html/pexels_double_decker_bus.jpg, bus, 60, 123, 423, 272",
    "examples/text/scenetext01.jpg, person, 671, 369, 129, 231"})
  void seesWhatIsThereWhereItIs(String name, String type, int x, int y, int width, int height) throws Exception {
    var box = new Box(x, y, width, height);

    try (var picture = reader.read(TestMedia.find(name), Sight.USUAL)) {
      List<DetectedObject> seen = detector.detect(picture);

      assertThat(seen).anyMatch(object -> object.objectType().equals(type) && overlap(object.box(), box) > 0.7);
      assertThat(seen).allMatch(object -> object.box().x() + object.box().width() <= picture.width()
          && object.box().y() + object.box().height() <= picture.height());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"examples/data/fruits.jpg", "examples/data/sudoku.png"})
  void seesNobodyWhereNobodyIs(String name) throws Exception {
    try (var picture = reader.read(TestMedia.find(name), Sight.USUAL)) {
      assertThat(detector.detect(picture)).isEmpty();
    }
  }

  private static double overlap(Box a, Box b) {
    int across = Math.min(a.x() + a.width(), b.x() + b.width()) - Math.max(a.x(), b.x());
    int down = Math.min(a.y() + a.height(), b.y() + b.height()) - Math.max(a.y(), b.y());
    double shared = Math.max(across, 0) * (double) Math.max(down, 0);
    return shared / ((double) a.width() * a.height() + (double) b.width() * b.height() - shared);
  }
}
