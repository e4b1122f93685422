package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import java.nio.file.Path;
import java.util.Comparator;

/**
 * A file that may become a frame.
 *
 * @param version      as it was seen last
 * @param changedNanos since when it has been seen like that, monotonic
 * @param dueNanos     when to look at it next, monotonic
 * @param unfinished   this version has been read, and was no whole picture
 */
record Candidate(FileVersion version, long changedNanos, long dueNanos, boolean unfinished) {
  /** First what is due first; of what is due together, first what is older. */
  static final Comparator<Candidate> ORDER = ((Comparator<Candidate>) (a, b) -> Long.signum(a.dueNanos - b.dueNanos))
      .thenComparing(Candidate::version, oldestFirst());

  /** By modification time, then by name. */
  static Comparator<FileVersion> oldestFirst() {
    return Comparator.comparing(FileVersion::modifiedAt).thenComparing(FileVersion::path);
  }

  Path path() {
    return version.path();
  }
}
