package dev.porchlight.bench;

import java.time.Duration;
import java.util.List;

/** What a server and the processes that it has started use of a machine while one watches. Confined to one thread. */
final class Usage {
  private final List<Long> server;
  private final List<Long> others;
  private double serverSeconds;
  private double otherSeconds;
  private long serverKibibytes;
  private long otherKibibytes;

  /** Of these processes those that are Java machines are the server. */
  Usage(List<Long> pids) {
    this.server = pids.stream().filter(Machine::isJava).toList();
    this.others = pids.stream().filter(pid -> !Machine.isJava(pid)).toList();
  }

  /** Watches for a time. */
  void watch(Duration length, Duration tick) throws InterruptedException {
    long end = System.nanoTime() + length.toNanos();
    double serverBefore = Machine.processorSeconds(server);
    double othersBefore = Machine.processorSeconds(others);
    while (System.nanoTime() < end) {
      Thread.sleep(tick);
      serverKibibytes = Math.max(serverKibibytes, Machine.residentKibibytes(server));
      otherKibibytes = Math.max(otherKibibytes, Machine.residentKibibytes(others));
    }
    serverSeconds = Machine.processorSeconds(server) - serverBefore;
    otherSeconds = Machine.processorSeconds(others) - othersBefore;
  }

  double serverSeconds() {
    return serverSeconds;
  }

  double otherSeconds() {
    return otherSeconds;
  }

  long serverMebibytes() {
    return serverKibibytes / 1024;
  }

  long otherMebibytes() {
    return otherKibibytes / 1024;
  }
}
