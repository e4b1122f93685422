package dev.porchlight.detection;

import dev.porchlight.TestMedia;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.PictureView;
import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SharpnessTest {
  /** Shown at twice its size nothing is added but smoothness. */
  @Test
  void aPictureIsSharperThanTheSameBlurred() throws IOException, InterruptedException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    var drawing = new Drawing(new PictureReader(new PictureMemory()));
    byte[] sharp = drawing.draw(photo, new PictureView.Thumbnail(new Box(62, 64, 382, 271), 256));
    byte[] blurred = drawing.draw(drawing.draw(photo, new PictureView.Thumbnail(new Box(62, 64, 382, 271), 64)),
        new PictureView.Thumbnail(new Box(0, 0, 64, 48), 256));

    assertThat(Sharpness.of(sharp)).isGreaterThan(2 * Sharpness.of(blurred));
  }

  @Test
  void whatCannotBeReadIsNotSharp() {
    assertThat(Sharpness.of(new byte[]{1, 2, 3})).isZero();
  }
}
