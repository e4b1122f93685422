package dev.porchlight.detection;

import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Against values computed by hand from the paper's formula. */
class SsdAnchorsTest {
  private static final Offset<Float> EXACT = within(1e-6f);

  private final SsdAnchors anchors = new SsdAnchors();

  @Test
  void beginWithThreeShapesOnTheFinestGrid() {
    isAnchor(0, 0.5 / 19, 0.5 / 19, 0.1, 0.1);
    isAnchor(1, 0.5 / 19, 0.5 / 19, 0.2 * Math.sqrt(2), 0.2 / Math.sqrt(2));
    isAnchor(2, 0.5 / 19, 0.5 / 19, 0.2 / Math.sqrt(2), 0.2 * Math.sqrt(2));
    isAnchor(3, 1.5 / 19, 0.5 / 19, 0.1, 0.1);
    isAnchor(19 * 3, 0.5 / 19, 1.5 / 19, 0.1, 0.1);
  }

  @Test
  void haveSixShapesOnTheOtherGrids() {
    int second = 19 * 19 * 3;
    isAnchor(second, 0.05, 0.05, 0.35, 0.35);
    isAnchor(second + 3, 0.05, 0.05, 0.35 * Math.sqrt(3), 0.35 / Math.sqrt(3));
    isAnchor(second + 4, 0.05, 0.05, 0.35 * Math.sqrt(0.3333), 0.35 / Math.sqrt(0.3333));
    isAnchor(second + 5, 0.05, 0.05, Math.sqrt(0.35 * 0.5), Math.sqrt(0.35 * 0.5));
    isAnchor(second + 6, 0.15, 0.05, 0.35, 0.35);
  }

  @Test
  void endWithTheWholePicture() {
    isAnchor(SsdAnchors.COUNT - 6, 0.5, 0.5, 0.95, 0.95);
    isAnchor(SsdAnchors.COUNT - 1, 0.5, 0.5, Math.sqrt(0.95), Math.sqrt(0.95));
  }

  private void isAnchor(int anchor, double x, double y, double width, double height) {
    assertThat(anchors.centreX(anchor)).isCloseTo((float) x, EXACT);
    assertThat(anchors.centreY(anchor)).isCloseTo((float) y, EXACT);
    assertThat(anchors.width(anchor)).isCloseTo((float) width, EXACT);
    assertThat(anchors.height(anchor)).isCloseTo((float) height, EXACT);
  }
}
