package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The default model on real pictures: what it sees, and where. */
class RealPicturesTest {
  private static OnnxDetector detector;

  @BeforeAll
  static void open() {
    detector = OnnxDetector.open(new DetectionConfig(null, 0.5, 1));
  }

  @AfterAll
  static void close() {
    detector.close();
  }

  @Test
  void printsAll() throws Exception {
    for (String name : List.of("examples/data/messi5.jpg", "examples/data/basketball1.png",
        "examples/data/chicky_512.png",
        "examples/data/licenseplate_motion.jpg", "opencv4/html/pexels_double_decker_bus.jpg",
        "opencv4/html/motion_original.jpg", "examples/text/scenetext01.jpg", "examples/data/fruits.jpg",
        "examples/reg/home.png", "examples/data/leuvenA.jpg", "examples/data/sudoku.png")) {
      try (var p = new PictureReader(new PictureMemory()).read(TestMedia.find(name))) {
        System.out.println(name + " " + p.width() + "x" + p.height() + " " + p.rows().getClass().getSimpleName());
        detector.detect(p).forEach(o -> System.out.println("     " + o));
      }
    }
  }
}
