package dev.porchlight.bench;

import java.util.List;
import java.util.Set;

/**
 * How long and with how much to go on.
 *
 * @param seconds that the streams run, after all of them have come
 * @param cameras how many
 * @param fps     pictures a second that are taken from each
 */
record SoakOptions(int seconds, int cameras, int fps) {
  private static final int MOST_CAMERAS = 32;

  /** Reads a command line, or throws {@link UsageException}. */
  static SoakOptions parse(List<String> commandLine) {
    var arguments = new Arguments(commandLine, Set.of("--minutes", "--seconds", "--cameras", "--fps"), Set.of());
    int minutes = arguments.number("--minutes", 10, 1, 24 * 60);
    return new SoakOptions(arguments.number("--seconds", minutes * 60, 1, 24 * 3_600),
        arguments.number("--cameras", 8, 1, MOST_CAMERAS), arguments.number("--fps", 2, 1, 30));
  }
}
