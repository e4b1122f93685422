package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import static dev.porchlight.bench.MarkdownTable.figure;

/** What clients that stop reading do to the memory of the server and of the kernel, and to those that go on. */
final class SlowClients {
  private static final List<String> WARMING = List.of("sat:1:1", "burst:50:2");
  private static final List<String> LOAD = List.of("burst:50:7");
  private static final List<String> HEAD = List.of("Clients that stop reading", "server MB before", "peak",
      "kernel TCP MB before", "peak", "others' deliveries/s without", "with", "lost to others");
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
      List<PhaseResult> without = generator.run(server, clients, LOAD);
      long residentBefore = Machine.residentKibibytes(server.pids());
      long kernelBefore = Machine.tcpKibibytes();
      List<PhaseResult> with;
      var peak = new Peak(server);
      try (peak) {
        with = generator.run(server, clients, slow, LOAD, () -> {});
      }
      table.add(List.of(peer.label(), megabytes(residentBefore), megabytes(peak.resident), megabytes(kernelBefore),
          megabytes(peak.kernel), figure(without.getFirst().perSecond(), 0), figure(with.getFirst().perSecond(), 0),
          String.valueOf(with.getFirst().lost())));
    }
  }

  MarkdownTable table() {
    return table;
  }

  private static String megabytes(long kibibytes) {
    return figure(kibibytes / KIBIBYTES_PER_MEGABYTE, 0);
  }

  /** Watches how high memory rises, on a thread of its own, until it is closed. */
  private static final class Peak implements AutoCloseable {
    private final Thread watcher;
    private volatile long resident;
    private volatile long kernel;

    Peak(RunningServer server) {
      watcher = Thread.ofPlatform().name("peak").daemon().start(() -> watch(server));
    }

    private void watch(RunningServer server) {
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

    @Override
    public void close() {
      watcher.interrupt();
    }
  }
}
