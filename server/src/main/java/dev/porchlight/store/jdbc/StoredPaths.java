package dev.porchlight.store.jdbc;

import java.io.File;
import java.nio.file.Path;

/**
 * Paths as the tables hold them: relative to the data folder, with {@code /}, when inside it, so that the folder may be
 * moved; else absolute. Thread-safe.
 */
final class StoredPaths {
  private final Path folder;

  StoredPaths(Path folder) {
    this.folder = folder.toAbsolutePath().normalize();
  }

  String text(Path path) {
    var absolute = path.toAbsolutePath().normalize();
    return absolute.startsWith(folder)
        ? folder.relativize(absolute).toString().replace(File.separatorChar, '/')
        : absolute.toString();
  }

  Path path(String text) {
    return folder.resolve(text);
  }
}
