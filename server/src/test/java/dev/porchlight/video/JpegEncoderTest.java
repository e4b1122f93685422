package dev.porchlight.video;

import dev.porchlight.picture.PictureProbe;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class JpegEncoderTest {
  private final JpegEncoder encoder = new JpegEncoder();

  /** The RGB of each is that of ITU-R BT.601 in full range, as JFIF has it. */
  @ParameterizedTest
  @CsvSource({"76,85,255, 254,0,0", "150,44,21, 0,255,1", "29,255,107, 0,0,254", "128,128,128, 128,128,128",
    "255,128,128, 255,255,255", "0,128,128, 0,0,0"})
  void coloursAreThoseOfTheSamples(int luma, int blue, int red, int r, int g, int b) throws Exception {
    var frame = new YuvFrame(64, 48);
    Arrays.fill(frame.samples(), 0, frame.blueAt(), (byte) luma);
    Arrays.fill(frame.samples(), frame.blueAt(), frame.redAt(), (byte) blue);
    Arrays.fill(frame.samples(), frame.redAt(), frame.samples().length, (byte) red);

    int pixel = ImageIO.read(new ByteArrayInputStream(encoder.encode(frame))).getRGB(30, 20);

    assertThat((pixel >> 16) & 0xFF).isCloseTo(r, within(3));
    assertThat((pixel >> 8) & 0xFF).isCloseTo(g, within(3));
    assertThat(pixel & 0xFF).isCloseTo(b, within(3));
  }

  @Test
  void whatIsWhereStaysThere() throws Exception {
    BufferedImage picture = ImageIO
        .read(new ByteArrayInputStream(encoder.encode(new Scene().box(100, 60, 90).frame())));

    assertThat(picture.getWidth()).isEqualTo(Scene.WIDTH);
    assertThat(picture.getHeight()).isEqualTo(Scene.HEIGHT);
    assertThat(picture.getRGB(130, 240) & 0xFF).isCloseTo(30, within(8));
    assertThat(picture.getRGB(90, 100) & 0xFF).isGreaterThan(140);
  }

  @Test
  void aSideMayBeOddAndTheFileIsWhole() throws Exception {
    byte[] jpeg = encoder.encode(new YuvFrame(33, 17));

    var info = PictureProbe.probe(new ByteArrayInputStream(jpeg));
    assertThat(info.complete()).isTrue();
    assertThat(info.width()).isEqualTo(33);
    assertThat(info.height()).isEqualTo(17);
  }
}
