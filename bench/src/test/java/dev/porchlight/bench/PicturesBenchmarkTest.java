package dev.porchlight.bench;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class PicturesBenchmarkTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  @TempDir
  private Path folder;

  /** The real thing in short; nothing is asked of the figures, but that they are there. */
  @Test
  void measuresEachPartAtEachSizeAndLeavesNothingBehind() throws Exception {
    Path photos = Files.createDirectory(folder.resolve("photos"));
    ImageIO.write(new BufferedImage(200, 300, BufferedImage.TYPE_3BYTE_BGR), "png",
        photos.resolve("still.PNG").toFile());

    int exit = execute("--rounds", "1", "--warm-up", "1", "--pictures", photos.toString());

    assertThat(exit).as(err.toString(UTF_8)).isZero();
    assertThat(out.toString(UTF_8).lines().filter(line -> line.startsWith("| ")))
        .hasSize(4)
        .noneMatch(line -> line.contains(" - "))
        .last()
        .asString()
        .startsWith("| 1920x1080 |");
    assertThat(out.toString(UTF_8)).contains("the budget is 0.60: ", "Pictures a second", " at 1920x1080 (");
    try (var left = Files.list(folder.resolve("bench/target/pictures"))) {
      assertThat(left).extracting(file -> file.getFileName().toString()).doesNotContain("run").hasSizeLessThan(2);
    }
  }

  @Test
  void cutsTheMiddleOutOfAPhotoOfAnotherShape() throws Exception {
    var photo = new BufferedImage(90, 30, BufferedImage.TYPE_3BYTE_BGR);
    for (int y = 0; y < 30; y++) {
      for (int x = 30; x < 60; x++) {
        photo.setRGB(x, y, 0xffffff);
      }
    }
    ImageIO.write(photo, "png", folder.resolve("white-in-the-middle.png").toFile());

    Path file = SamplePictures.find(folder).write(new PictureSize(300, 300), folder).getFirst();

    BufferedImage written = ImageIO.read(file.toFile());
    assertThat(List.of(written.getWidth(), written.getHeight())).isEqualTo(List.of(300, 300));
    assertThat(written.getRGB(20, 150) & 0xff).isGreaterThan(200);
    assertThat(written.getRGB(280, 150) & 0xff).isGreaterThan(200);
  }

  @Test
  void saysWhenThereIsNothingToLookAt() {
    assertThat(execute("--pictures", folder.toString())).isEqualTo(1);
    assertThat(execute("--pictures", folder.resolve("nowhere").toString())).isEqualTo(1);
    assertThat(execute("--rounds", "0")).isEqualTo(2);

    assertThat(err.toString(UTF_8)).contains("there is no JPEG or PNG in " + folder, "nowhere is no folder",
        "--rounds must be a number from 1 to 1000, not 0");
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  private int execute(String... arguments) {
    return PicturesBenchmark.execute(List.of(arguments), folder, new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}
