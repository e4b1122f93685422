package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import static dev.porchlight.bench.MarkdownTable.figure;

/** What clients that stop reading do to the memory of the server and of the kernel, and to those that go on. */
final class SlowClients {
  private static final List<String> WARMING = List.of("sat:1:1", "burst:50:2");
  private static final List<String> LOAD = List.of("burst:50:5");
  private static final List<String> HEAD = List.of("clients stop reading", "server MB at most without", "with",
      "kernel TCP MB at most without", "with", "others' deliveries/s without", "with", "with / without",
      "lost to others");
  /** One pair says little: a burst of this kind differs by a quarter from run to run. */
  private static final int PAIRS = 5;
  private static final Duration LOOK_EVERY = Duration.ofMillis(100);
  private static final double KIBIBYTES_PER_MEGABYTE = 1e6 / 1024;

  private final LoadGenerator generator;
  private final Path folder;
  private final int clients;
  private final int slow;
  private final MarkdownTable table = new MarkdownTable(HEAD);

  SlowClients(LoadGenerator generator, Path folder, int clients, int slow) {
    this.generator = generator;
    this.folder = folder;
    this.clients = clients;
    this.slow = slow;
  }

  /** Measures one server. */
  void measure(Peer peer) throws IOException, InterruptedException {
    try (var server = RunningServer.start(peer, folder)) {
      generator.run(server, clients, WARMING);
      var without = new ArrayList<Double>();
      var with = new ArrayList<Double>();
      var kept = new ArrayList<Double>();
      var calm = new Peak(server);
      var troubled = new Peak(server);
      long lost = 0;
      for (int pair = 0; pair < PAIRS; pair++) {
        without.add(load(server, 0, calm).perSecond());
        PhaseResult result = load(server, slow, troubled);
        with.add(result.perSecond());
        kept.add(result.perSecond() / without.getLast());
        lost += result.lost();
      }
      Spread share = Spread.of(kept);
      table.add(List.of(peer.label(), megabytes(calm.resident), megabytes(troubled.resident), megabytes(calm.kernel),
          megabytes(troubled.kernel), figure(Spread.of(without).median(), 0), figure(Spread.of(with).median(), 0),
          "%s (%s-%s)".formatted(figure(share.median(), 2), figure(share.least(), 2), figure(share.greatest(), 2)),
          String.valueOf(lost)));
    }
  }

  private PhaseResult load(RunningServer server, int slowNow, Peak peak) throws IOException, InterruptedException {
    try (var _ = peak.watch()) {
      return generator.run(server, clients, slowNow, LOAD, () -> {}).getFirst();
    }
  }

  MarkdownTable table() {
    return table;
  }

  private static String megabytes(long kibibytes) {
    return figure(kibibytes / KIBIBYTES_PER_MEGABYTE, 0);
  }

  /** How high memory rises while it is watched, on a thread of its own. */
  private static final class Peak {
    private final RunningServer server;
    private volatile long resident;
    private volatile long kernel;

    Peak(RunningServer server) {
      this.server = server;
    }

    /** Watches until it is closed. */
    Watching watch() {
      Thread watcher = Thread.ofPlatform().name("peak").daemon().start(this::look);
      return watcher::interrupt;
    }

    private void look() {
      try {
        while (true) {
          resident = Math.max(resident, Machine.residentKibibytes(server.pids()));
          kernel = Math.max(kernel, Machine.tcpKibibytes());
          Thread.sleep(LOOK_EVERY);
        }
      } catch (InterruptedException _) {
        // Closed.
      }
    }
  }

  @FunctionalInterface
  private interface Watching extends AutoCloseable {
    @Override
    void close();
  }
}
