package dev.porchlight.detection;

import java.awt.image.BufferedImage;
import java.nio.FloatBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ResizerTest {
  private static final int SIDE = 10;
  private static final float STEP = 1 / 255f;

  private final FloatBuffer out = FloatBuffer.allocate(SIDE * SIDE * 3);
  private final Resizer stretch = new Resizer(
      new InputLayout(SIDE, SIDE, false, false, PixelScale.SIGNED, Fit.STRETCH));

  @ParameterizedTest
  @CsvSource({"10,10", "1,1", "3,7", "300,4", "37,1000", "9,11", "20,10"})
  void leavesAnEvenColourAsItIsAtAnySize(int width, int height) {
    var rgb = new byte[width * height * 3];
    for (int i = 0; i < rgb.length; i += 3) {
      rgb[i] = (byte) 255;
      rgb[i + 1] = (byte) 51;
    }

    into(picture(ByteRows.ofRgb(rgb, width, height), Orientation.UPRIGHT));

    for (int y = 0; y < SIDE; y++) {
      for (int x = 0; x < SIDE; x++) {
        assertThat(at(x, y, 0)).isCloseTo(1f, within(1e-5f));
        assertThat(at(x, y, 1)).isCloseTo(-0.6f, within(1e-5f));
        assertThat(at(x, y, 2)).isCloseTo(-1f, within(1e-5f));
      }
    }
  }

  @Test
  void averagesTheAreaThatAPixelCovers() {
    var image = new BufferedImage(25, 20, BufferedImage.TYPE_3BYTE_BGR);
    image.setRGB(0, 0, 0xFF0000);
    image.setRGB(2, 0, 0xFF0000);

    into(picture(RasterRows.of(image), Orientation.UPRIGHT));

    // Each covers 2.5 x 2 pixels; the second lit one lies half in the first and half in the next.
    assertThat(at(0, 0, 0)).isCloseTo(1.5f / 5 * 2 - 1, within(1e-5f));
    assertThat(at(1, 0, 0)).isCloseTo(0.5f / 5 * 2 - 1, within(1e-5f));
    assertThat(at(0, 1, 0)).isEqualTo(-1f);
  }

  @Test
  void mixesNeighboursWhenEnlarging() {
    byte[] blackThenWhite = {0, 0, 0, -1, -1, -1};

    into(picture(ByteRows.ofRgb(blackThenWhite, 2, 1), Orientation.UPRIGHT));

    assertThat(at(0, 5, 0)).isEqualTo(-1f);
    assertThat(at(9, 5, 0)).isEqualTo(1f);
    assertThat(at(4, 5, 0)).isCloseTo(0.4f * 2 - 1, within(1e-5f));
  }

  @ParameterizedTest
  @EnumSource
  void showsThePictureUprightHoweverItIsStored(Orientation orientation) {
    BufferedImage upright = fourCorners(40, 20);

    into(picture(RasterRows.of(stored(upright, orientation)), orientation));

    assertThat(at(0, 0, 0)).isCloseTo(200 * 2 * STEP - 1, within(1e-5f));
    assertThat(at(9, 0, 0)).isCloseTo(150 * 2 * STEP - 1, within(1e-5f));
    assertThat(at(0, 9, 0)).isCloseTo(100 * 2 * STEP - 1, within(1e-5f));
    assertThat(at(9, 9, 0)).isCloseTo(50 * 2 * STEP - 1, within(1e-5f));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void tellsTheSizeAsDisplayed(int exif) throws InterruptedException {
    var rows = ByteRows.ofRgb(new byte[6], 2, 1);
    boolean isTurned = exif >= 5;

    try (var picture = new Picture(rows, Orientation.ofExif(exif), 4000, 3000, new PictureMemory().pixels(1))) {
      assertThat(picture.width()).isEqualTo(isTurned ? 3000 : 4000);
      assertThat(picture.height()).isEqualTo(isTurned ? 4000 : 3000);
    }
  }

  @ParameterizedTest
  @EnumSource
  void keepsProportionsInTheMiddleAndFillsTheRestHoweverItIsStored(Orientation orientation) {
    var layout = new InputLayout(20, 12, true, false, PixelScale.BYTES, Fit.CENTRED);
    var planes = FloatBuffer.allocate(layout.values());
    var resizer = new Resizer(layout);

    // First another shape, so that what it left about the picture has to go.
    resizer.into(picture(RasterRows.of(fourCorners(10, 40)), Orientation.UPRIGHT), planes);
    Placement placement = resizer.into(picture(RasterRows.of(stored(fourCorners(40, 20), orientation)), orientation),
        planes);

    assertThat(placement).isEqualTo(new Placement(0, 1, 20, 10, 20, 12));
    assertThat(planes.get(0)).as("above").isEqualTo(114);
    assertThat(planes.get(11 * 20 + 19)).as("below").isEqualTo(114);
    assertThat(planes.get(20)).as("top left").isCloseTo(200, within(1e-3f));
    assertThat(planes.get(20 + 19)).as("top right").isCloseTo(150, within(1e-3f));
    assertThat(planes.get(10 * 20)).as("bottom left").isCloseTo(100, within(1e-3f));
    assertThat(planes.get(10 * 20 + 19)).as("bottom right").isCloseTo(50, within(1e-3f));
    assertThat(planes.get(20 * 12 + 20)).as("green").isZero();
  }

  @Test
  void writesBlueFirstWhereAModelWantsThat() {
    var layout = new InputLayout(2, 2, true, true, PixelScale.IMAGENET, Fit.STRETCH);
    var planes = FloatBuffer.allocate(layout.values());

    new Resizer(layout).into(picture(ByteRows.ofRgb(new byte[]{(byte) 255, 51, 0}, 1, 1), Orientation.UPRIGHT), planes);

    assertThat(planes.get(0)).as("blue").isCloseTo((0 - 0.406f) / 0.225f, within(1e-5f));
    assertThat(planes.get(4)).as("green").isCloseTo((0.2f - 0.456f) / 0.224f, within(1e-5f));
    assertThat(planes.get(8)).as("red").isCloseTo((1 - 0.485f) / 0.229f, within(1e-5f));
  }

  @ParameterizedTest
  @CsvSource({"CENTRED,1920,1080,640,640,0,140,640,360", "CENTRED,1080,1920,640,640,140,0,360,640",
    "CENTRED,100,99,64,64,0,0,64,63", "TOP_LEFT,1000,333,416,416,0,0,416,138", "TOP_LEFT,640,480,416,416,0,0,416,312",
    "CENTRED,5000,1,64,64,0,31,64,1", "STRETCH,5000,1,64,32,0,0,64,32", "TOP_LEFT,50,50,96,64,0,0,64,64"})
  void placesPicturesAsTheFamiliesDo(Fit fit, int width, int height, int inputWidth, int inputHeight, int left, int top,
      int across, int down) {
    assertThat(fit.place(width, height, inputWidth, inputHeight))
        .isEqualTo(new Placement(left, top, across, down, inputWidth, inputHeight));
  }

  private static BufferedImage fourCorners(int width, int height) {
    var image = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int red = y < height / 2 ? x < width / 2 ? 200 : 150 : x < width / 2 ? 100 : 50;
        image.setRGB(x, y, red << 16);
      }
    }
    return image;
  }

  /** As EXIF says: where the first row and the first column of what is stored are displayed. */
  static BufferedImage stored(BufferedImage upright, Orientation orientation) {
    int width = upright.getWidth();
    int height = upright.getHeight();
    boolean isTurned = orientation.isTurned();
    var stored = new BufferedImage(isTurned ? height : width, isTurned ? width : height, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int right = width - 1 - x;
        int below = height - 1 - y;
        int colour = upright.getRGB(x, y);
        switch (orientation) {
          case UPRIGHT -> stored.setRGB(x, y, colour);
          case MIRRORED -> stored.setRGB(right, y, colour);
          case UPSIDE_DOWN -> stored.setRGB(right, below, colour);
          case UPSIDE_DOWN_MIRRORED -> stored.setRGB(x, below, colour);
          case TRANSPOSED -> stored.setRGB(y, x, colour);
          case TURN_RIGHT -> stored.setRGB(y, right, colour);
          case TRANSVERSED -> stored.setRGB(below, right, colour);
          case TURN_LEFT -> stored.setRGB(below, x, colour);
        }
      }
    }
    return stored;
  }

  private static Picture picture(PixelRows rows, Orientation orientation) {
    try {
      return new Picture(rows, orientation, rows.width(), rows.height(), new PictureMemory().pixels(1));
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private void into(Picture picture) {
    try (picture) {
      stretch.into(picture, out);
    }
  }

  private float at(int x, int y, int channel) {
    return out.get((y * SIDE + x) * 3 + channel);
  }
}
