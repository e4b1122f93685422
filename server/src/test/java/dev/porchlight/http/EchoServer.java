package dev.porchlight.http;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/**
 * Says back what clients say, through the handshake, codec and limits of the product; for conformance suites from
 * outside, and for tests of what needs an answer. Messages may have 16 MiB. It runs until it is killed:
 * {@code EchoServer --port 9001}.
 */
public final class EchoServer implements AutoCloseable {
  /** Most bytes of a message. */
  public static final int MESSAGE_LIMIT = 16 * 1024 * 1024;

  private static final int COMPRESSION_LEVEL = 6;

  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final MeterRegistry meters = new SimpleMeterRegistry();
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("echo", new SimpleMeterRegistry()),
      Clock.systemUTC());
  private final WebServer server;
  private final int port;

  private EchoServer(int port, int messageLimit, String transport, WebSocketTimes times) throws IOException {
    var echo = new WebSocketEndpoint(feed, Reply::send, messageLimit);
    server = new WebServer(new HttpConfig("127.0.0.1", port, 10_000, 100, COMPRESSION_LEVEL, transport),
        InetAddress.getLoopbackAddress(), Map.of("/", echo, "/ws/echo", echo), Map.of(), meters, times);
    this.port = server.listen(new Routes());
  }

  /** Starts a server on a free port. */
  public static EchoServer start(int messageLimit) throws IOException {
    return new EchoServer(0, messageLimit, "auto", WebSocketTimes.STANDARD);
  }

  /** Starts a server on a free port that waits so long for clients to answer its close. */
  static EchoServer start(int messageLimit, String transport, Duration closeGrace) throws IOException {
    WebSocketTimes usual = WebSocketTimes.STANDARD;
    return new EchoServer(0, messageLimit, transport,
        new WebSocketTimes(usual.pingInterval(), usual.pongDeadline(), closeGrace, usual.heartbeat()));
  }

  public int port() {
    return port;
  }

  /** How many are connected. */
  public int connections() {
    return channel.sinks().size();
  }

  /** How many WebSockets have a socket, those that are ending included. */
  int openSockets() {
    return (int) meters.get("porchlight.websocket.connections").gauge().value();
  }

  @Override
  public void close() {
    server.close();
  }

  public static void main(String[] arguments) throws IOException, InterruptedException {
    if (arguments.length != 2 || !arguments[0].equals("--port")) {
      throw new IllegalArgumentException("say --port and a number");
    }
    try (var echo = new EchoServer(Integer.parseInt(arguments[1]), MESSAGE_LIMIT, "auto", WebSocketTimes.STANDARD)) {
      System.out.println("echoing at ws://127.0.0.1:" + echo.port() + "/");
      new CountDownLatch(1).await();
    }
  }
}
