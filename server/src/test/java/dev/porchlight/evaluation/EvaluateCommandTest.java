package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class EvaluateCommandTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @TempDir
  private Path folder;

  @BeforeEach
  void label() throws IOException {
    Files.createFile(folder.resolve("a.jpg"));
    Files.writeString(folder.resolve("a.txt"), "person 0 0 10 10\nperson 50 50 10 10\nperson 90 0 10 10\n");
    Files.createFile(folder.resolve("b.jpg"));
    Files.writeString(folder.resolve("b.txt"), "");
  }

  @Test
  void printsATableAndEachMistakeWhenItIsToldTo() throws InterruptedException {
    assertThat(run(true, file -> file.endsWith("a.jpg")
        ? List.of(seen("person", 0.9, 0), seen("person", 0.3, 50))
        : List.of(seen("car", 0.8, 0)))).isZero();

    assertThat(lines()).containsExactly("missed a.jpg: person at 50,50 10x10, seen with 0.30 only",
        "missed a.jpg: person at 90,0 10x10", "wrong  b.jpg: car 0.80 at 0,0 10x10",
        "group    pictures  truths  found  missed  wrong  precision  recall   AP@0.5",
        "person          1       3      1       2      0      1.000   0.333    0.663",
        "vehicle         0       0      0       0      1      0.000       -        -",
        "animal          0       0      0       0      0          -       -        -",
        "all             2       3      1       2      1      0.500   0.333    0.663",
        "2 of 2 labelled pictures; precision and recall with a confidence of 0.5 or more, AP over all; a box is right "
            + "when it overlaps by half or more");
    assertThat(err.size()).isZero();
  }

  @Test
  void namesWhatCannotBeReadAndGoesOn() throws InterruptedException {
    assertThat(run(false, file -> {
      if (file.endsWith("a.jpg")) {
        throw new IOException("it is neither a JPEG nor a PNG");
      }
      throw new NoSuchFileException(file.toString());
    })).isEqualTo(1);

    assertThat(err.toString(UTF_8).lines()).containsExactly(
        folder.resolve("a.jpg") + ": it is neither a JPEG nor a PNG",
        folder.resolve("b.jpg") + ": there is no such file");
    assertThat(lines()).last().asString().startsWith("0 of 2 labelled pictures");
  }

  @Test
  void saysWhatIsMissingInOneLine() throws Exception {
    var command = new EvaluateCommand(_ -> List.of(), 0.5);
    for (Path wrong : List.of(folder.resolve("none"), folder.resolve("a.jpg"),
        Files.createDirectory(folder.resolve("d")))) {
      err.reset();
      assertThat(command.run(wrong, false, new PrintStream(out, true, UTF_8), new PrintStream(err, true, UTF_8)))
          .isEqualTo(1);
      assertThat(err.toString(UTF_8)).startsWith("porchlight: " + wrong).hasLineCount(1);
    }
    assertThat(out.size()).isZero();
  }

  private int run(boolean list, Observer observer) throws InterruptedException {
    return new EvaluateCommand(observer, 0.5).run(folder, list, new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }

  private List<String> lines() {
    return out.toString(UTF_8).lines().toList();
  }

  private static DetectedObject seen(String type, double confidence, int at) {
    return new DetectedObject(type, confidence, new Box(at, at, 10, 10));
  }
}
