package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * What an idle connection costs: resident memory of the server before and after so many connect, divided. It is warmed
 * by few connections first, again and again, so that neither code that is compiled late nor pools that are filled once
 * are charged to the connections; a Java machine collects its garbage before it is read.
 */
final class IdleMemory {
  private static final int WARMING_CLIENTS = 200;
  private static final int WARMING_WAVES = 8;
  private static final Duration COLLECT_LIMIT = Duration.ofSeconds(20);

  private final LoadGenerator generator;
  private final Path folder;
  private final int connections;

  IdleMemory(LoadGenerator generator, Path folder, int connections) {
    this.generator = generator;
    this.folder = folder;
    this.connections = connections;
  }

  /** KiB of resident memory that each connection adds. */
  double measure(Peer peer) throws IOException, InterruptedException {
    try (var server = RunningServer.start(peer, folder)) {
      for (int wave = 0; wave < WARMING_WAVES; wave++) {
        generator.run(server, WARMING_CLIENTS, List.of("sat:1:1"));
      }
      long before = resident(server);
      var after = new long[1];
      generator.run(server, connections, 0, List.of("idle:3"), () -> after[0] = resident(server));
      return (double) (after[0] - before) / connections;
    }
  }

  private long resident(RunningServer server) throws IOException, InterruptedException {
    for (long pid : server.pids()) {
      if (Machine.isJava(pid)) {
        var jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        String complaint = Command.complaintOf(List.of(jcmd.toString(), String.valueOf(pid), "GC.run"), folder,
            COLLECT_LIMIT);
        if (!complaint.isEmpty()) {
          throw new BenchException("the garbage of " + server.label() + " cannot be collected: " + complaint);
        }
      }
    }
    return Machine.residentKibibytes(server.pids());
  }
}
