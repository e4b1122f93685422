package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static dev.porchlight.bench.MarkdownTable.figure;

/**
 * How long a message of {@code /ws/system} takes while {@code /ws/events} is flooded: every client of that always has messages that are not sent yet.
 * Only Porchlight has the two channels.
 */
final class SystemLatency {
  private static final List<String> WARMING = List.of("sat:1:4", "burst:50:6");
  private static final List<String> FLOOD = List.of("burst:50:10");
  /** Less than the flood lasts. */
  private static final Duration PROBING = Duration.ofSeconds(8);
  private static final Duration PAUSE = Duration.ofMillis(10);
  private static final int RUNS = 3;
  private static final List<String> HEAD = List.of("/ws/system while /ws/events is flooded", "p50 ms", "p99 ms",
      "greatest ms", "messages", "events delivered/s");

  private final LoadGenerator generator;
  private final Path folder;
  private final int clients;

  SystemLatency(LoadGenerator generator, Path folder, int clients) {
    this.generator = generator;
    this.folder = folder;
    this.clients = clients;
  }

  /**
   * Measures one server.
   *
   * @throws BenchException when the server does not start, or a message does not come
   */
  MarkdownTable measure(Peer peer) throws IOException, InterruptedException {
    var latencies = new ArrayList<Double>();
    var perSecond = new ArrayList<Double>();
    try (var server = RunningServer.start(peer, folder)) {
      generator.run(server, clients, 0, WARMING, () -> probe(server, new ArrayList<>()));
      for (int run = 0; run < RUNS; run++) {
        perSecond.add(
            generator.run(server, clients, 0, FLOOD, () -> probe(server, latencies)).getFirst().perSecond());
      }
    }
    Collections.sort(latencies);
    var table = new MarkdownTable(HEAD);
    table.add(List.of(peer.label(), figure(percentile(latencies, 50), 1), figure(percentile(latencies, 99), 1),
        figure(latencies.getLast(), 1), String.valueOf(latencies.size()),
        figure(Spread.of(perSecond).median(), 0)));
    return table;
  }

  /** One message after the other, each from the publisher's write to the client's read. */
  private static void probe(RunningServer server, List<Double> latencies) throws InterruptedException {
    try (var probe = SystemProbe.connect(server.port())) {
      long end = System.nanoTime() + PROBING.toNanos();
      while (System.nanoTime() < end) {
        latencies.add(probe.measure().toNanos() / 1e6);
        Thread.sleep(PAUSE);
      }
    }
  }

  /** The value that so many percent of all stay at or below; {@code sorted} is not empty. */
  static double percentile(List<Double> sorted, int percent) {
    return sorted.get((sorted.size() * percent + 99) / 100 - 1);
  }
}
