package dev.porchlight.bench;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to look at, and how often.
 *
 * @param pictures a folder of JPEGs and PNGs; null for photos of opencv-doc
 * @param rounds   through all pictures and sizes
 * @param warmUp   as many rounds before those that do not count: Java compiles what is used often, a server's whole work
 */
record PicturesOptions(@Nullable Path pictures, int rounds, int warmUp) {
  /** Reads a command line, or throws {@link UsageException}. */
  static PicturesOptions parse(List<String> commandLine) {
    var arguments = new Arguments(commandLine, Set.of("--pictures", "--rounds", "--warm-up"), Set.of());
    String pictures = arguments.last("--pictures");
    return new PicturesOptions(pictures == null ? null : Path.of(pictures), arguments.number("--rounds", 10, 1, 1_000),
        arguments.number("--warm-up", 150, 0, 10_000));
  }
}
