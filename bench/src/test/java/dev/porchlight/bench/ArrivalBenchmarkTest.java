package dev.porchlight.bench;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

class ArrivalBenchmarkTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** The real thing in short; nothing is asked of the figures, but that they are there. */
  @Test
  void aFewPicturesArrive() {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("porchlight.root")));
    Assumptions.assumeTrue(Files.exists(root.resolve("server/target/porchlight.jar")),
        "Skipped: the server is not built");

    int exit = execute(root, "--pictures", "3", "--warm-up", "1");

    String complaint = err.toString(UTF_8);
    Assumptions.assumeFalse(complaint.contains("there are no photos"), "Skipped: " + complaint);
    assertThat(exit).as(out.toString(UTF_8) + complaint).isZero();
    assertThat(out.toString(UTF_8)).contains("in the median of 3 (", " ms beyond those", "after 4 pictures: ");
  }

  @Test
  void aCommandLineThatMakesNoSenseIsRefused() {
    assertThat(execute(Path.of("."), "--pictures", "0")).isEqualTo(2);
    assertThat(execute(Path.of("."), "--photos", "3")).isEqualTo(2);
  }

  private int execute(Path root, String... arguments) {
    return ArrivalBenchmark.execute(List.of(arguments), root, new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));
  }
}
