package dev.porchlight.model;

import java.io.IOException;
import java.nio.file.Path;

/** Where the tarball of a model's package comes from. */
interface TarballSource {
  /**
   * Gets the tarball, unchecked.
   *
   * @param folder an empty folder to work in, deleted afterwards
   * @return the tarball, in {@code folder} or elsewhere
   * @throws FetchException if it cannot be had
   */
  Path fetch(Path folder) throws IOException;
}
