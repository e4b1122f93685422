package dev.porchlight.it;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The server as a process of its own, to be killed. Its log lies beside the data folder. */
final class KillableServer implements AutoCloseable {
  private static final Pattern LISTENING = Pattern.compile("listening on http://[^ :]+:(\\d+)");

  private final Process process;
  private final Path log;

  private KillableServer(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts it on a free port, with settings as the environment has them. */
  static KillableServer start(Path data, Map<String, String> environment) throws IOException {
    return start(data, environment, List.of());
  }

  /** As above, by a program that becomes the one that follows its own arguments. */
  static KillableServer start(Path data, Map<String, String> environment, List<String> by) throws IOException {
    Path log = data.resolveSibling(data.getFileName() + ".log");
    Files.deleteIfExists(log);
    Path jar = Path.of(System.getProperty("porchlight.root"), "server", "target", "porchlight.jar");
    var command = new ArrayList<>(by);
    command.addAll(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:+UseSerialGC",
        "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow", "-jar",
        jar.toString(), "run", "--port", "0", "--data", data.toString()));
    var builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new KillableServer(builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** The port it listens on; 0 while it does not. */
  int port() throws IOException {
    Matcher found = LISTENING.matcher(log());
    return found.find() ? Integer.parseInt(found.group(1)) : 0;
  }

  /** All that it has said. */
  String log() throws IOException {
    return Files.readString(log);
  }

  long pid() {
    return process.pid();
  }

  /** Waits for its end for so long; true when it has ended. */
  boolean awaitEnd(long millis) throws InterruptedException {
    return process.waitFor(millis, TimeUnit.MILLISECONDS);
  }

  /** The processes that it has started, and theirs. */
  Stream<ProcessHandle> descendants() {
    return process.descendants();
  }

  /** SIGKILL; does not wait. */
  void kill() {
    process.destroyForcibly();
  }

  /** SIGKILL, and waits for its end. */
  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }
}
