package dev.porchlight.model;

import java.nio.file.Files;
import java.nio.file.Path;

/** A tarball that is already on this machine: the way to build without a network. */
record LocalTarball(Path file) implements TarballSource {
  @Override
  public Path fetch(Path folder) {
    if (!Files.isReadable(file)) {
      throw new FetchException("there is no readable file " + file);
    }
    return file;
  }
}
