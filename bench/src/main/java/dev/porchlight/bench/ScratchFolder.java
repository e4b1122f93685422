package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;

/** A folder for one run, which goes with all that is in it when it is closed. */
record ScratchFolder(Path path) implements AutoCloseable {
  /** Makes one below {@code parent}, which is made too. */
  static ScratchFolder below(Path parent) throws IOException {
    return new ScratchFolder(Files.createTempDirectory(Files.createDirectories(parent), "run"));
  }

  @Override
  public void close() throws IOException {
    try (var files = Files.walk(path)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
