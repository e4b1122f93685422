package dev.porchlight.domain;

import java.nio.file.Path;
import java.time.Instant;

/** One version of one file: a file that is written anew is another version. Times are cut to microseconds. */
public record FileVersion(Path path, long size, Instant modifiedAt) {
  public FileVersion {
    modifiedAt = WireTime.truncate(modifiedAt);
  }
}
