package dev.porchlight.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A {@link Peer} that listens on a port of loopback. */
final class RunningServer implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofSeconds(60);
  private static final Duration LIFE_LIMIT = Duration.ofHours(3);
  private static final Duration CONNECT_LIMIT = Duration.ofMillis(200);
  private static final int MOST_REASON = 300;

  private final String label;
  private final int port;
  private final ProcessGroup group;

  private RunningServer(String label, int port, ProcessGroup group) {
    this.label = label;
    this.port = port;
    this.group = group;
  }

  /**
   * Starts a server and waits until it listens.
   *
   * @param folder where its output goes, {@code LABEL.log}
   * @throws BenchException when it ends instead, or does not listen within a minute
   */
  static RunningServer start(Peer peer, Path folder) throws IOException, InterruptedException {
    int port = freePort();
    Path log = folder.resolve(peer.label().replaceAll("[^A-Za-z0-9._-]", "_") + ".log");
    var server = new RunningServer(peer.label(), port,
        ProcessGroup.start(peer.commandFor(port), LIFE_LIMIT, log));
    try {
      server.awaitListening(log);
      return server;
    } catch (InterruptedException | IOException | RuntimeException e) {
      server.close();
      throw e;
    }
  }

  private void awaitListening(Path log) throws IOException, InterruptedException {
    long deadline = System.nanoTime() + START_LIMIT.toNanos();
    while (!isListening()) {
      if (!group.process().isAlive() || System.nanoTime() > deadline) {
        String said = Files.readString(log).strip();
        throw new BenchException(label + " did not start: "
            + said.substring(Math.max(0, said.length() - MOST_REASON)));
      }
      Thread.sleep(CONNECT_LIMIT);
    }
  }

  private boolean isListening() {
    try (var socket = new Socket()) {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), (int) CONNECT_LIMIT.toMillis());
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  String label() {
    return label;
  }

  int port() {
    return port;
  }

  List<Long> pids() {
    return group.pids();
  }

  @Override
  public void close() {
    group.close();
  }
}
