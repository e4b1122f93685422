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
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class StreamSoakTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  /** The long form in short: what it needs and the machine lacks, it says, and then this is skipped. */
  @Test
  void twoStreamsForAFewSecondsLoseNothing() {
    Path root = Path.of(Objects.requireNonNull(System.getProperty("porchlight.root")));
    Assumptions.assumeTrue(Files.exists(root.resolve("server/target/porchlight.jar")),
        "Skipped: the server is not built");

    int exit = StreamSoak.execute(List.of("--seconds", "10", "--cameras", "2"), root, new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8));

    String complaint = err.toString(UTF_8);
    Assumptions.assumeFalse(complaint.contains("there is no "), "Skipped: " + complaint);
    assertThat(exit).as(out.toString(UTF_8) + complaint).isZero();
    assertThat(out.toString(UTF_8)).contains("| cam-2", "lost: 0");
  }

  @Test
  void aCommandLineThatMakesNoSenseIsRefused() {
    assertThat(SoakOptions.parse(List.of())).isEqualTo(new SoakOptions(600, 8, 2));
    assertThat(SoakOptions.parse(List.of("--minutes", "1", "--cameras=3", "--fps", "5")))
        .isEqualTo(new SoakOptions(60, 3, 5));
    assertThatExceptionOfType(UsageException.class).isThrownBy(() -> SoakOptions.parse(List.of("--cameras", "99")));
    assertThat(StreamSoak.execute(List.of("--hours", "1"), Path.of("."), new PrintStream(out, true, UTF_8),
        new PrintStream(err, true, UTF_8))).isEqualTo(2);
  }
}
