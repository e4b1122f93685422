package dev.porchlight.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A process with all its children in a session of its own, so that a Ctrl-C reaches none of them by chance and all of
 * them in order: they end when this is closed, when this Java machine ends, and when their time is over even if this
 * machine was killed. Thread-safe.
 */
final class ProcessGroup implements AutoCloseable {
  private static final Set<ProcessGroup> OPEN = ConcurrentHashMap.newKeySet();
  private static final Duration GRACE = Duration.ofSeconds(6);

  static {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("end children").unstarted(() -> {
      OPEN.forEach(group -> group.process.destroy());
      OPEN.forEach(ProcessGroup::close);
    }));
  }

  private final Process process;

  private ProcessGroup(Process process) {
    this.process = process;
  }

  /**
   * Starts a command with its output in a file.
   *
   * @param longest after which it is ended in any case
   */
  static ProcessGroup start(List<String> command, Duration longest, Path output) throws IOException {
    return start(builder(command, longest).redirectErrorStream(true).redirectOutput(output.toFile()));
  }

  /** Starts a command whose output is read from {@link #process()} and whose errors go into a file. */
  static ProcessGroup startToRead(List<String> command, Duration longest, Path errors) throws IOException {
    return start(builder(command, longest).redirectError(errors.toFile()));
  }

  private static ProcessGroup start(ProcessBuilder builder) throws IOException {
    var group = new ProcessGroup(builder.start());
    OPEN.add(group);
    return group;
  }

  private static ProcessBuilder builder(List<String> command, Duration longest) {
    // timeout hands a signal on to the whole group and adds a SIGKILL for what does not mind it.
    var whole = new ArrayList<>(List.of("setsid", "timeout", "-k", "5", String.valueOf(longest.toSeconds())));
    whole.addAll(command);
    return new ProcessBuilder(whole);
  }

  Process process() {
    return process;
  }

  /** The process and its children, whose processor time and memory are the server's. */
  List<Long> pids() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants()).map(ProcessHandle::pid).toList();
  }

  @Override
  public void close() {
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    try {
      process.waitFor(GRACE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
    children.forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    OPEN.remove(this);
  }
}
