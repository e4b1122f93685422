package dev.porchlight.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What to measure.
 *
 * @param clients how many receive each message
 * @param rounds  rounds that count, after one that does not
 * @param peers   names of {@link Peers} to measure beside Porchlight; null for all that the machine has
 * @param servers other servers to measure
 * @param phases  of {@code wsload}
 * @param idle    connections for the memory of an idle one; 0 to leave it out
 * @param slow    clients that stop reading; 0 to leave it out
 * @param deflate whether clients ask for {@code permessage-deflate}
 * @param out     where the generator's lines are appended; null for nowhere
 */
record FanoutOptions(int clients, int rounds, @Nullable List<String> peers, List<Peer> servers, List<String> phases,
    int idle, int slow, boolean deflate, @Nullable Path out) {
  /** The first phase only wakes everybody up: of phases with the same name and amount the last one counts. */
  private static final String STANDARD_PHASES = "sat:1:0.4 sat:1:0.8 sat:4:0.8 burst:10:0.7 rate:20000:1.5";

  /** Reads a command line, or throws {@link UsageException}. */
  static FanoutOptions parse(List<String> commandLine) {
    var arguments = new Arguments(commandLine,
        Set.of("--clients", "--rounds", "--peers", "--server", "--phases", "--idle", "--slow", "--out"),
        Set.of("--deflate"));
    String peers = arguments.last("--peers");
    String phases = arguments.last("--phases");
    String out = arguments.last("--out");
    return new FanoutOptions(
        arguments.number("--clients", 1_000, 1, 100_000),
        arguments.number("--rounds", 5, 0, 1_000),
        peers == null ? null : peers(peers),
        arguments.all("--server").stream().map(Peer::parse).toList(),
        words(phases == null ? STANDARD_PHASES : phases, "[ ,]+"),
        arguments.number("--idle", 4_000, 0, 100_000),
        arguments.number("--slow", 0, 0, 100_000),
        arguments.has("--deflate"),
        out == null ? null : Path.of(out));
  }

  private static List<String> peers(String text) {
    List<String> names = words(text, ",");
    for (String name : names) {
      if (!Peers.NAMES.contains(name)) {
        throw new UsageException("there is no peer " + name + "; there are " + String.join(", ", Peers.NAMES));
      }
    }
    return names;
  }

  private static List<String> words(String text, String separator) {
    return Arrays.stream(text.split(separator, -1)).filter(word -> !word.isBlank()).map(String::strip).toList();
  }
}
