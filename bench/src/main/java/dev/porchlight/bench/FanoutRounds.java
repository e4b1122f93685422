package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;

/**
 * Measures servers in turn, round after round. All are up all the time and idle when it is not their turn, so that load
 * from outside hits all alike; each round begins with another one. The first round is not counted: a Java machine needs it
 * to compile what matters.
 */
final class FanoutRounds {
  private static final List<String> WARMING = List.of("sat:1:2", "sat:4:2", "burst:10:2", "rate:20000:1");
  /** With two cores for server, compiler and load, a Java machine is at its best after about 20 s of load, not before. */
  private static final List<String> WARMING_JAVA = List.of("sat:1:10", "sat:4:4", "burst:10:4", "rate:20000:2",
      "sat:1:6");

  private final LoadGenerator generator;
  private final Path folder;
  private final FanoutOptions options;
  private final Consumer<String> progress;

  FanoutRounds(LoadGenerator generator, Path folder, FanoutOptions options, Consumer<String> progress) {
    this.generator = generator;
    this.folder = folder;
    this.options = options;
    this.progress = progress;
  }

  /** Measures; a server that does not start or gives up is left out from then on, and that is said. */
  Results measure(List<Peer> peers) throws IOException, InterruptedException {
    var servers = new ArrayList<RunningServer>();
    try {
      for (Peer peer : peers) {
        try {
          servers.add(RunningServer.start(peer, folder));
        } catch (BenchException e) {
          progress.accept(String.valueOf(e.getMessage()));
        }
      }
      return measureRunning(servers);
    } finally {
      servers.forEach(RunningServer::close);
    }
  }

  private Results measureRunning(List<RunningServer> servers) throws IOException, InterruptedException {
    var results = new Results();
    var turn = new ArrayList<>(servers);
    for (int round = 0; round <= options.rounds(); round++) {
      progress.accept(round == 0 ? "warming up" : "round " + round + " of " + options.rounds());
      for (RunningServer server : List.copyOf(turn)) {
        try {
          List<String> phases = round > 0 ? options.phases() : isJava(server) ? WARMING_JAVA : WARMING;
          List<PhaseResult> measured = generator.run(server, options.clients(), phases);
          if (round > 0) {
            for (PhaseResult result : measured) {
              results.add(server.label(), round, result);
            }
          }
        } catch (BenchException e) {
          progress.accept(String.valueOf(e.getMessage()));
          turn.remove(server);
        }
      }
      Collections.rotate(turn, -1);
    }
    return results;
  }

  private static boolean isJava(RunningServer server) {
    return server.pids().stream().anyMatch(Machine::isJava);
  }
}
