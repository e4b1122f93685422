package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LabelTest {
  private static final String TEXT = "person 93%";

  @Test
  void standsAboveItsBox() {
    Label label = place(new Box(100, 100, 50, 80), List.of());

    assertThat(label.left()).isEqualTo(100);
    assertThat(label.top() + label.height()).isEqualTo(100);
    assertThat(label.cell()).isEqualTo(2);
  }

  @Test
  void movesInsideWhenThereIsNoRoomAbove() {
    Label label = place(new Box(100, 3, 50, 80), List.of());

    assertThat(label.top()).isEqualTo(3);
  }

  @Test
  void givesWayToALabelThatIsThere() {
    Label first = place(new Box(100, 100, 50, 80), List.of());
    Label second = place(new Box(105, 102, 50, 80), List.of(first));
    Label third = place(new Box(102, 98, 50, 80), List.of(first, second));

    assertThat(overlap(first, second) || overlap(second, third) || overlap(first, third)).isFalse();
  }

  @Test
  void isMadeSmallerWhenThePictureIsNarrow() {
    Label label = Label.place(TEXT, 4, new Box(10, 40, 20, 20), 100, 100, List.of());

    assertThat(label.width()).isLessThanOrEqualTo(100);
    assertThat(label.cell()).isBetween(1.0, 4.0);
  }

  /** Seen to fail without the clamps: a label of a box at the right edge was cut. */
  @Test
  void isNeverCutOffWhereverTheBoxIs() {
    var random = new Random(4);
    for (int i = 0; i < 20_000; i++) {
      int width = 40 + random.nextInt(800);
      int height = 16 + random.nextInt(800);
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      var box = new Box(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));
      var placed = new ArrayList<Label>();
      for (int k = 0; k < 3; k++) {
        Label label = Label.place(TEXT, 1 + 4 * random.nextDouble(), box, width, height, placed);
        placed.add(label);
        assertThat(label.left()).isNotNegative();
        assertThat(label.top()).isNotNegative();
        assertThat(label.left() + label.width()).isLessThanOrEqualTo(width);
        assertThat(label.top() + label.height()).isLessThanOrEqualTo(height);
      }
    }
  }

  private static Label place(Box box, List<Label> placed) {
    return Label.place(TEXT, 2, box, 640, 480, placed);
  }

  private static boolean overlap(Label a, Label b) {
    return a.left() < b.left() + b.width() && b.left() < a.left() + a.width() && a.top() < b.top() + b.height()
        && b.top() < a.top() + a.height();
  }
}
