package dev.porchlight.http;

import dev.porchlight.it.RawSocket;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;

/** The web server with the routes of a test, and no channel. */
public final class RestServer implements AutoCloseable {
  private final WebServer server;
  private final int port;

  private RestServer(Routes routes, Duration idle) throws IOException {
    server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, "auto"), InetAddress.getLoopbackAddress(),
        Map.of(), Map.of(), new SimpleMeterRegistry(), WebSocketTimes.STANDARD, idle);
    port = server.listen(routes);
  }

  /** Starts a server on a free port. */
  public static RestServer start(Routes routes) throws IOException {
    return start(routes, Duration.ofSeconds(75));
  }

  /** Starts a server that ends idle connections after {@code idle}. */
  static RestServer start(Routes routes, Duration idle) throws IOException {
    return new RestServer(routes, idle);
  }

  public int port() {
    return port;
  }

  /** A connection on which this was asked. */
  public RawSocket ask(String request) {
    RawSocket socket = RawSocket.connect(port);
    socket.send(request);
    return socket;
  }

  /** The head of the answer to a {@code GET}, on a connection of its own. */
  public String headOf(String path) {
    try (RawSocket socket = ask(get(path))) {
      return socket.readHead();
    }
  }

  /** A request. */
  public static String get(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
  }

  /** Stops serving. */
  @Override
  public void close() {
    server.close();
  }
}
