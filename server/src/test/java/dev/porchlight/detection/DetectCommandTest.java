package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.picture.MadePictures;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class DetectCommandTest {
  private final ScriptedDetector detector = new ScriptedDetector();
  private final DetectCommand command = new DetectCommand(new PictureReader(new PictureMemory()), detector);
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder;

  private Path picture;

  @BeforeEach
  void write() throws IOException {
    picture = Files.write(folder.resolve("a \"quoted\" picture.jpg"), MadePictures.jpeg(MadePictures.noise(64, 48)));
  }

  @Test
  void printsALineForEachObject() throws InterruptedException {
    detector.sees(new DetectedObject("dog", 0.9123, new Box(1, 2, 3, 4)),
        new DetectedObject("car", 0.5, new Box(5, 6, 7, 8)));

    assertThat(run(picture)).isZero();

    assertThat(out.toString(UTF_8).lines().map(line -> line.substring(line.indexOf(",\"object_type")))).containsExactly(
        ",\"object_type\":\"dog\",\"confidence\":0.9123,\"bbox_x\":1,\"bbox_y\":2,\"bbox_width\":3,\"bbox_height\":4}",
        ",\"object_type\":\"car\",\"confidence\":0.5,\"bbox_x\":5,\"bbox_y\":6,\"bbox_width\":7,\"bbox_height\":8}");
    assertThat(out.toString(UTF_8)).startsWith("{\"file\":\"").contains("a \\\"quoted\\\" picture.jpg");
    assertThat(err.toString(UTF_8)).isEmpty();
  }

  @Test
  void notesThatNothingIsFound() throws InterruptedException {
    assertThat(run(picture)).isZero();
    assertThat(out.size()).isZero();
    assertThat(err.toString(UTF_8)).isEqualToIgnoringNewLines(picture + ": nothing found");
  }

  @Test
  void namesEachFileThatFailsAndGoesOn() throws Exception {
    Path text = Files.writeString(folder.resolve("letter.jpg"), "Dear Sir or Madam");
    detector.sees(new DetectedObject("dog", 0.9, new Box(1, 2, 3, 4)));

    assertThat(run(text, folder.resolve("missing.jpg"), folder, picture)).isEqualTo(1);

    assertThat(err.toString(UTF_8).lines()).hasSize(3).satisfies(lines -> {
      assertThat(lines.get(0)).isEqualTo(text + ": it is neither a JPEG nor a PNG");
      assertThat(lines.get(1)).endsWith("missing.jpg: there is no such file");
      assertThat(lines.get(2)).startsWith(folder + ": it cannot be read");
    });
    assertThat(out.toString(UTF_8)).contains("dog");
  }

  private int run(Path... files) throws InterruptedException {
    return command.run(List.of(files), new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8));
  }
}
