package dev.porchlight.detection;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class InFlightTest {
  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("in-flight");
  }

  @Test
  void leavesNothingBehindWhenWorkEnds() throws IOException {
    var inFlight = InFlight.open(file, 2);
    try (var _ = inFlight.mark(7)) {
      assertThat(InFlight.open(file, 2).leftBehind()).containsExactly(7L);
    }

    assertThat(inFlight.leftBehind()).isEmpty();
    assertThat(InFlight.open(file, 2).leftBehind()).isEmpty();
  }

  @Test
  void tellsTheNextProcessWhichFramesWereInFlight() throws IOException {
    var dying = InFlight.open(file, 2);
    dying.mark(7);
    dying.mark(1L << 40);

    var next = InFlight.open(file, 1);
    assertThat(next.leftBehind()).containsExactly(7L, 1L << 40);
    assertThat(InFlight.open(file, 1).leftBehind()).as("kept until it is forgotten").hasSize(2);

    next.forget();
    assertThat(next.leftBehind()).as("as found at start").hasSize(2);
    assertThat(InFlight.open(file, 1).leftBehind()).isEmpty();
  }

  @Test
  void outlivesAKilledProcess() throws Exception {
    var process = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp",
        System.getProperty("java.class.path"), MarkingProcess.class.getName(), file.toString(), "7")
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    try (var out = process.inputReader()) {
      assertThat(out.readLine()).isEqualTo("marked");
    } finally {
      process.destroyForcibly().waitFor();
    }

    assertThat(InFlight.open(file, 2).leftBehind()).containsExactly(7L);
  }

  @Test
  void refusesMoreFramesThanWorkers() throws IOException {
    var inFlight = InFlight.open(file, 1);
    try (var _ = inFlight.mark(1)) {
      assertThatIllegalStateException().isThrownBy(() -> inFlight.mark(2));
    }
    inFlight.mark(3).close();
  }

  @Test
  void bearsAFileOfAnyLength() throws IOException {
    Files.write(file, new byte[]{0, 0, 0, 0, 0, 0, 0, 5, 1, 1, 1});

    assertThat(InFlight.open(file, 4).leftBehind()).containsExactly(5L);
    assertThat(Files.size(file)).isEqualTo(32);
  }
}
