package dev.porchlight.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to look at, and how often.
 *
 * @param pictures a folder of JPEGs and PNGs; null for photos of opencv-doc
 * @param rounds   through all pictures and sizes, after some that do not count
 */
record PicturesOptions(@Nullable Path pictures, int rounds) {
  /** Reads a command line, or throws {@link UsageException}. */
  static PicturesOptions parse(List<String> commandLine) {
    var arguments = new Arguments(commandLine, Set.of("--pictures", "--rounds"), Set.of());
    String pictures = arguments.last("--pictures");
    return new PicturesOptions(pictures == null ? null : Path.of(pictures), arguments.number("--rounds", 10, 1, 1_000));
  }
}
