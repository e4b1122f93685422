package dev.porchlight.detection;

import dev.porchlight.domain.Area;
import dev.porchlight.domain.Area.Point;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.DetectedObject;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CameraRulesTest {
  /** The lower half. */
  private static final Area STREET = new Area(List.of(new Point(0, 0.5), new Point(1, 0.5), new Point(1, 1),
      new Point(0, 1)));

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final CameraRules rules = new CameraRules(
      id -> id.equals("gone")
          ? null
          : CameraSettings.STANDARD.withAreas(id.equals("free") ? List.of() : List.of(STREET)),
      meters);

  @Test
  void theFootOfABoxDecides() {
    var above = at(10, 10, 20, 39);
    var reachesIn = at(10, 10, 20, 40);
    var below = at(10, 60, 20, 20);
    var outOfThePicture = at(180, 60, 20, 41);

    assertThat(rules.kept("street", List.of(above, reachesIn, below, outOfThePicture), 200, 100))
        .containsExactly(above);
    assertThat(meters.get("porchlight.detections.ignored").tag("camera", "street").counter().count()).isEqualTo(3);
  }

  @Test
  void withoutAreasEverythingCounts() {
    var found = List.of(at(10, 60, 20, 20));

    assertThat(rules.kept("free", found, 200, 100)).isSameAs(found);
    assertThat(rules.kept("gone", found, 200, 100)).isSameAs(found);
    assertThat(meters.find("porchlight.detections.ignored").counter()).isNull();
  }

  @Test
  void theFootIsInTheMiddleOfTheLowerEdge() {
    var left = new Area(List.of(new Point(0, 0), new Point(0.5, 0), new Point(0.5, 1), new Point(0, 1)));
    var half = new CameraRules(_ -> CameraSettings.STANDARD.withAreas(List.of(left)), meters);

    assertThat(half.kept("x", List.of(at(60, 0, 80, 50)), 200, 100)).isEmpty();
    assertThat(half.kept("x", List.of(at(61, 0, 80, 50)), 200, 100)).hasSize(1);
  }

  @Test
  void aCameraThatIsNotThereIsGone() {
    assertThat(rules.isGone("gone")).isTrue();
    assertThat(rules.isGone("street")).isFalse();
  }

  private static DetectedObject at(int x, int y, int width, int height) {
    return new DetectedObject("person", 0.9, new Box(x, y, width, height));
  }
}
