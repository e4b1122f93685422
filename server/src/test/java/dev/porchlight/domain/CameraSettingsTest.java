package dev.porchlight.domain;

import dev.porchlight.domain.Area.Point;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CameraSettingsTest {
  private static final Area LEFT = new Area(List.of(new Point(0, 0), new Point(0.2, 0), new Point(0.2, 1),
      new Point(0, 1)));
  private static final Area RIGHT = new Area(List.of(new Point(0.8, 0), new Point(1, 0), new Point(1, 1),
      new Point(0.8, 1)));

  @Test
  void aPointIsIgnoredWhenOneOfTheAreasHasIt() {
    var settings = CameraSettings.STANDARD.withAreas(List.of(LEFT, RIGHT));

    assertThat(settings.ignores(0.1, 0.5)).isTrue();
    assertThat(settings.ignores(0.9, 0.5)).isTrue();
    assertThat(settings.ignores(0.5, 0.5)).isFalse();
    assertThat(CameraSettings.STANDARD.ignores(0.1, 0.5)).isFalse();
  }

  @Test
  void numbersOutOfRangeAreRefused() {
    for (double fps : new double[]{0, -1, 30.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CameraSettings(null, fps, null, List.of(), true, null, CameraScene.UNKNOWN));
    }
    for (double sensitivity : new double[]{-0.1, 1.1, Double.NaN}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CameraSettings(null, null, sensitivity, List.of(), true, null, CameraScene.UNKNOWN));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CameraSettings.STANDARD.withAreas(Collections.nCopies(33, LEFT)));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CameraSettings.STANDARD.withOfflineAfter(Duration.ZERO));
  }
}
