package dev.porchlight.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * What a broadcast to many clients costs, beside the cheapest program there can be and beside servers that others wrote.
 * Only loopback is a target; everything it starts ends with it.
 */
public final class FanoutBenchmark {
  private static final String OURS = "porchlight";
  private static final int SPARE_FILES = 200;

  private final FanoutOptions options;
  private final Workshop workshop;
  private final Path launcher;
  private final PrintStream out;
  private final PrintStream err;

  private FanoutBenchmark(FanoutOptions options, Path root, PrintStream out, PrintStream err) throws IOException {
    this.options = options;
    this.workshop = new Workshop(root);
    this.launcher = root.resolve("porchlight");
    this.out = out;
    this.err = err;
  }

  /**
   * Measures, and exits: 0 when it is done, 1 when it could not be done, 2 when the command line cannot be parsed. The
   * property {@code porchlight.root} is the folder of the launcher.
   */
  public static void main(String[] args) {
    System.exit(execute(List.of(args), CommandLine.root(), System.out, System.err));
  }

  static int execute(List<String> arguments, Path root, PrintStream out, PrintStream err) {
    return CommandLine.exitCodeOf(() -> new FanoutBenchmark(FanoutOptions.parse(arguments), root, out, err).run(), err);
  }

  /** Returns whether Porchlight itself could be measured; what else could not is only said. */
  private boolean run() throws IOException, InterruptedException {
    requireLinux();
    requireOpenFiles();
    var generator = new LoadGenerator(compileGenerator(), workshop.folder(), options.deflate(), options.out());
    var peers = new ArrayList<Peer>();
    peers.add(new Peer(OURS, List.of(launcher.toString(), "bench", "fanout-server", "--port", "PORT")));
    peers.addAll(options.servers());
    peers.addAll(new Peers(workshop, this::say).find(Objects.requireNonNullElse(options.peers(), Peers.NAMES)));

    out.println("%d clients%s, %d rounds, %d cores, Linux %s, Java %s".formatted(options.clients(),
        options.deflate() ? " with permessage-deflate" : "", options.rounds(),
        Runtime.getRuntime().availableProcessors(), System.getProperty("os.version"),
        System.getProperty("java.version")));
    out.println();
    Results results = options.rounds() == 0
        ? new Results()
        : new FanoutRounds(generator, workshop.folder(), options, this::say).measure(peers);
    Map<String, Double> idle = options.idle() == 0 ? Map.of() : idleMemory(generator, peers);
    List<String> labels = peers.stream().map(Peer::label).toList();
    out.print(FanoutTable.of(results, labels, options.rounds() == 0 ? List.of() : options.phases(), idle));
    if (results.has(OURS)) {
      say("/ws/system while /ws/events is flooded");
      out.println();
      out.print(new SystemLatency(generator, workshop.folder(), options.clients()).measure(peers.getFirst()));
    }
    if (options.slow() > 0) {
      out.println();
      out.print(slowClients(generator, peers));
    }
    return (options.rounds() == 0 || results.has(OURS)) && (options.idle() == 0 || idle.containsKey(OURS));
  }

  private Map<String, Double> idleMemory(LoadGenerator generator, List<Peer> peers)
      throws IOException, InterruptedException {
    var memory = new LinkedHashMap<String, Double>();
    var idle = new IdleMemory(generator, workshop.folder(), options.idle());
    for (Peer peer : peers) {
      say("memory of " + options.idle() + " idle connections: " + peer.label());
      try {
        memory.put(peer.label(), idle.measure(peer));
      } catch (BenchException e) {
        say(String.valueOf(e.getMessage()));
      }
    }
    return memory;
  }

  private MarkdownTable slowClients(LoadGenerator generator, List<Peer> peers)
      throws IOException, InterruptedException {
    var slow = new SlowClients(generator, workshop.folder(), options.clients(), options.slow());
    for (Peer peer : peers) {
      say(options.slow() + " clients that stop reading: " + peer.label());
      try {
        slow.measure(peer);
      } catch (BenchException e) {
        say(String.valueOf(e.getMessage()));
      }
    }
    return slow.table();
  }

  private Path compileGenerator() throws IOException, InterruptedException {
    try {
      return workshop.compile("wsload", "wsload", List.of("-lz"));
    } catch (BenchException e) {
      throw new BenchException(e.getMessage() + "; without the load generator, which also needs zlib (Debian: apt "
          + "install zlib1g-dev), only ./porchlight bench jmh can be run");
    }
  }

  private static void requireLinux() {
    if (!System.getProperty("os.name", "").equals("Linux")) {
      throw new BenchException("fan-out can only be measured on Linux: processor time and memory are read from /proc");
    }
    if (!Command.exists("setsid") || !Command.exists("timeout")) {
      throw new BenchException("setsid and timeout are needed, to end everything in any case (Debian: apt install "
          + "util-linux coreutils)");
    }
  }

  private void requireOpenFiles() {
    long needed = (long) Math.max(options.clients() + options.slow(), options.idle()) + SPARE_FILES;
    long most = Machine.mostOpenFiles();
    if (needed > most) {
      throw new BenchException(needed + " files must be open at once, and " + most + " may be (ulimit -n): take fewer "
          + "with --clients, --slow and --idle");
    }
  }

  private void say(String what) {
    err.println("porchlight: " + what);
  }
}
