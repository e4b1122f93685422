package dev.porchlight.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Drives a server with {@code wsload}. */
final class LoadGenerator {
  private static final Duration LONGEST = Duration.ofMinutes(4);

  private final Path program;
  private final Path folder;
  private final boolean deflate;
  private final @Nullable Path out;

  /**
   * Makes a generator.
   *
   * @param folder where its complaints go
   * @param out    where its lines are appended; null for nowhere
   */
  LoadGenerator(Path program, Path folder, boolean deflate, @Nullable Path out) {
    this.program = program;
    this.folder = folder;
    this.deflate = deflate;
    this.out = out;
  }

  /** Hears that everybody is connected, while the phases go on. */
  @FunctionalInterface
  interface Connected {
    void run() throws IOException, InterruptedException;
  }

  /**
   * Runs phases with clients that read and clients that do not.
   *
   * @throws BenchException when the generator gives up
   */
  List<PhaseResult> run(RunningServer server, int clients, int slow, List<String> phases, Connected connected)
      throws IOException, InterruptedException {
    Path errors = folder.resolve("wsload.log");
    var results = new ArrayList<PhaseResult>();
    try (var group = ProcessGroup.startToRead(command(server, clients, slow, phases), LONGEST, errors);
        BufferedReader lines = group.process().inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (out != null) {
          Files.writeString(out, line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        }
        if (line.startsWith("CONNECT\t")) {
          connected.run();
        }
        PhaseResult.parse(line).ifPresent(results::add);
      }
      if (group.process().waitFor() != 0) {
        throw new BenchException("the load generator gave up on " + server.label() + ": "
            + Files.readString(errors).lines().findFirst().orElse("it took too long"));
      }
    }
    return results;
  }

  List<PhaseResult> run(RunningServer server, int clients, List<String> phases)
      throws IOException, InterruptedException {
    return run(server, clients, 0, phases, () -> {});
  }

  private List<String> command(RunningServer server, int clients, int slow, List<String> phases) {
    String pids = server.pids().stream().map(String::valueOf).collect(Collectors.joining(","));
    var command = new ArrayList<>(List.of(program.toString(), "-p", String.valueOf(server.port()), "-n",
        String.valueOf(clients), "-S", String.valueOf(slow), "-s", pids, "-L", server.label()));
    if (deflate) {
      command.add("-d");
    }
    if (server.label().equals(Peers.NATS)) {
      command.add("-N");
    }
    command.addAll(phases);
    return command;
  }
}
