package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CropTest {
  @Test
  void leavesAFifthOfTheObjectOnEachSideInTheShapeOfAPhoto() {
    // 100 x 75 and a fifth on each side are 140 x 105, which is 4:3 already.
    assertThat(Crop.around(new Box(300, 200, 100, 75), 1000, 800, 1)).isEqualTo(new Box(280, 185, 140, 105));
  }

  @Test
  void widensWhatIsTallAndHeightensWhatIsWide() {
    // 60 x 150: 210 high with its margin, and 280 wide for the shape.
    assertThat(Crop.around(new Box(470, 325, 60, 150), 1000, 800, 1)).isEqualTo(new Box(360, 295, 280, 210));
    assertThat(Crop.around(new Box(400, 390, 200, 20), 1000, 800, 1)).isEqualTo(new Box(360, 295, 280, 210));
  }

  @Test
  void staysInsideAtTheEdges() {
    assertThat(Crop.around(new Box(0, 0, 100, 75), 1000, 800, 1)).isEqualTo(new Box(0, 0, 140, 105));
    assertThat(Crop.around(new Box(900, 725, 100, 75), 1000, 800, 1)).isEqualTo(new Box(860, 695, 140, 105));
  }

  @Test
  void showsSomethingOfWhatIsAroundASmallThing() {
    assertThat(Crop.around(new Box(500, 400, 10, 8), 1000, 800, 160)).isEqualTo(new Box(425, 344, 160, 120));
  }

  @Test
  void takesAllThereIsOfAPictureThatIsNotLarger() {
    assertThat(Crop.around(new Box(1, 1, 50, 50), 60, 200, 160)).isEqualTo(new Box(0, 0, 60, 120));
    assertThat(Crop.around(new Box(0, 0, 1, 1), 1, 1, 160)).isEqualTo(new Box(0, 0, 1, 1));
  }

  @Test
  void isAlwaysInsideAndAlwaysShowsTheMiddleOfTheBox() {
    var random = new Random(3);
    for (int i = 0; i < 10_000; i++) {
      int width = 1 + random.nextInt(3000);
      int height = 1 + random.nextInt(3000);
      int x = random.nextInt(width);
      int y = random.nextInt(height);
      var box = new Box(x, y, 1 + random.nextInt(width - x), 1 + random.nextInt(height - y));

      Box crop = Crop.around(box, width, height, 160);

      assertThat(crop.x() + crop.width()).isLessThanOrEqualTo(width);
      assertThat(crop.y() + crop.height()).isLessThanOrEqualTo(height);
      assertThat(box.x() + box.width() / 2).isBetween(crop.x(), crop.x() + crop.width());
      assertThat(box.y() + box.height() / 2).isBetween(crop.y(), crop.y() + crop.height());
    }
  }
}
