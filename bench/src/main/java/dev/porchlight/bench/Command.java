package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/** Runs tools that only have to succeed. */
final class Command {
  private Command() {}

  /** True when a tool is on the {@code PATH}. */
  static boolean exists(String name) {
    return Arrays.stream(Objects.requireNonNullElse(System.getenv("PATH"), "").split(":", -1))
        .filter(folder -> !folder.isEmpty())
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, name)));
  }

  /**
   * Runs a command.
   *
   * @return its first line that says what is wrong, and the empty text when it succeeded
   */
  static String complaintOf(List<String> command, Path folder, Duration longest)
      throws IOException, InterruptedException {
    Path output = Files.createTempFile("porchlight-bench", ".log");
    try {
      Process process = new ProcessBuilder(command).directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      if (!process.waitFor(longest.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        return "took longer than " + longest.toSeconds() + " s";
      }
      if (process.exitValue() == 0) {
        return "";
      }
      List<String> lines = Files.readAllLines(output);
      return lines.stream()
          .filter(line -> line.contains("rror"))
          .findFirst()
          .orElse(lines.isEmpty() ? "exit code " + process.exitValue() : lines.getLast());
    } finally {
      Files.deleteIfExists(output);
    }
  }
}
