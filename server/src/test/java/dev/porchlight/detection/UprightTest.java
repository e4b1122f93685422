package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class UprightTest {
  private static final int WIDTH = 7;
  private static final int HEIGHT = 5;

  /** Both ways are held against each other: where a pixel is displayed, and which pixels a displayed box covers. */
  @ParameterizedTest
  @EnumSource(Orientation.class)
  void aBoxAsDisplayedCoversThePixelsThatAreDisplayedThere(Orientation orientation) {
    int across = orientation.isTurned() ? HEIGHT : WIDTH;
    int down = orientation.isTurned() ? WIDTH : HEIGHT;
    for (int y = 0; y < HEIGHT; y++) {
      for (int x = 0; x < WIDTH; x++) {
        int shownX = orientation.displayedX(x, y, WIDTH, HEIGHT);
        int shownY = orientation.displayedY(x, y, WIDTH, HEIGHT);
        assertThat(shownX).isBetween(0, across - 1);
        assertThat(shownY).isBetween(0, down - 1);
        assertThat(orientation.stored(new Box(shownX, shownY, 1, 1), WIDTH, HEIGHT)).isEqualTo(new Box(x, y, 1, 1));
      }
    }
    assertThat(orientation.stored(new Box(0, 0, across, down), WIDTH, HEIGHT))
        .isEqualTo(new Box(0, 0, WIDTH, HEIGHT));
  }

  @ParameterizedTest
  @EnumSource(Orientation.class)
  void drawsEachPixelWhereItIsDisplayed(Orientation orientation) throws InterruptedException {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    new Random(1).nextBytes(rgb);
    try (Picture picture = picture(rgb, orientation)) {
      Canvas canvas = Upright.draw(picture, picture.width(), picture.height());

      for (int y = 0; y < HEIGHT; y++) {
        for (int x = 0; x < WIDTH; x++) {
          int at = 3 * (y * WIDTH + x);
          assertThat(canvas.colour(orientation.displayedX(x, y, WIDTH, HEIGHT),
              orientation.displayedY(x, y, WIDTH, HEIGHT)))
              .isEqualTo((rgb[at] & 0xFF) << 16 | (rgb[at + 1] & 0xFF) << 8 | (rgb[at + 2] & 0xFF));
        }
      }
    }
  }

  @Test
  void reducesByAveragingAllPixels() throws InterruptedException {
    // Columns of 0, 255, 0, …: a pixel in two would be black or white.
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % WIDTH % 2 == 0 ? 0 : 255);
    }
    try (Picture picture = picture(rgb, Orientation.UPRIGHT)) {
      Canvas canvas = Upright.draw(picture, 1, 2);

      assertThat(canvas.colour(0, 0) & 0xFF).isEqualTo(Math.round(255 * 3 / 7f));
      assertThat(canvas.colour(0, 1)).isEqualTo(canvas.colour(0, 0));
    }
  }

  @Test
  void enlargesSmoothly() throws InterruptedException {
    byte[] rgb = new byte[3 * WIDTH * HEIGHT];
    for (int i = 0; i < rgb.length; i++) {
      rgb[i] = (byte) (i / 3 % WIDTH * 30);
    }
    try (Picture picture = picture(rgb, Orientation.UPRIGHT)) {
      Canvas canvas = Upright.draw(picture, 3 * WIDTH, 3 * HEIGHT);

      for (int x = 1; x < canvas.width(); x++) {
        assertThat((canvas.colour(x, 7) & 0xFF) - (canvas.colour(x - 1, 7) & 0xFF)).isBetween(0, 10);
      }
    }
  }

  private static Picture picture(byte[] rgb, Orientation orientation) throws InterruptedException {
    return new Picture(ByteRows.ofRgb(rgb, WIDTH, HEIGHT), orientation, WIDTH, HEIGHT, new PictureMemory().pixels(1));
  }
}
