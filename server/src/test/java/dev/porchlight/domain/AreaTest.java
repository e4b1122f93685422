package dev.porchlight.domain;

import dev.porchlight.domain.Area.Point;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class AreaTest {
  @Test
  void aPointInsideIsInsideAndOneOutsideIsNot() {
    var lower = area(0.2, 0.5, 0.8, 0.5, 0.8, 1, 0.2, 1);

    assertThat(lower.contains(0.5, 0.75)).isTrue();
    assertThat(lower.contains(0.5, 0.4)).isFalse();
    assertThat(lower.contains(0.1, 0.75)).isFalse();
    assertThat(lower.contains(0.9, 0.75)).isFalse();
  }

  @Test
  void sidesAndCornersBelongToTheArea() {
    var whole = area(0, 0, 1, 0, 1, 1, 0, 1);

    for (double x : new double[]{0, 0.5, 1}) {
      for (double y : new double[]{0, 0.5, 1}) {
        assertThat(whole.contains(x, y)).as("%s,%s", x, y).isTrue();
      }
    }
  }

  @Test
  void aNotchIsOutside() {
    var notched = area(0, 0, 1, 0, 1, 1, 0.5, 0.2, 0, 1);

    assertThat(notched.contains(0.5, 0.1)).isTrue();
    assertThat(notched.contains(0.5, 0.6)).isFalse();
    assertThat(notched.contains(0.1, 0.7)).isTrue();
    assertThat(notched.contains(0.9, 0.7)).isTrue();
  }

  @Test
  void whereSidesCrossWhatIsSurroundedTwiceIsOutside() {
    var star = new ArrayList<Point>();
    for (int corner = 0; corner < 5; corner++) {
      double angle = Math.toRadians(-90 + corner * 144);
      star.add(new Point(0.5 + 0.5 * Math.cos(angle), 0.5 + 0.5 * Math.sin(angle)));
    }

    assertThat(new Area(star).contains(0.5, 0.5)).isFalse();
    assertThat(new Area(star).contains(0.5, 0.1)).isTrue();
  }

  @Test
  void itDoesNotMatterWhichWayRoundNorWhereItBegins() {
    var points = List.of(new Point(0.1, 0.1), new Point(0.9, 0.3), new Point(0.7, 0.9), new Point(0.2, 0.6));
    var turned = new ArrayList<>(points.reversed());
    turned.add(turned.removeFirst());

    for (double x = 0; x <= 1; x += 0.037) {
      for (double y = 0; y <= 1; y += 0.041) {
        assertThat(new Area(turned).contains(x, y)).as("%s,%s", x, y).isEqualTo(new Area(points).contains(x, y));
      }
    }
  }

  @Test
  void whatIsNoPolygonWithinThePictureIsRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> area(0, 0, 1, 1)).withMessageContaining("at least 3");
    for (double wrong : new double[]{-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatIllegalArgumentException().isThrownBy(() -> new Point(wrong, 0.5));
      assertThatIllegalArgumentException().isThrownBy(() -> new Point(0.5, wrong));
    }
  }

  private static Area area(double... coordinates) {
    var points = new ArrayList<Point>();
    for (int i = 0; i < coordinates.length; i += 2) {
      points.add(new Point(coordinates[i], coordinates[i + 1]));
    }
    return new Area(points);
  }
}
