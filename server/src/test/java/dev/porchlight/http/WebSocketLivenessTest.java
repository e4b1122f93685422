package dev.porchlight.http;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pings and their deadline on real sockets, with less patience than the product has. Seen to fail when what a client sends is no
 * sign of life, and when nobody is dead at the deadline.
 */
class WebSocketLivenessTest {
  private static final WebSocketTimes HASTY = new WebSocketTimes(Duration.ofMillis(300), Duration.ofMillis(150),
      Duration.ofMillis(200), Duration.ofMillis(250));

  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      Clock.systemUTC());
  private final WebServer server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, "auto"),
      InetAddress.getLoopbackAddress(), Map.of("/ws/test", WebSocketEndpoint.of(feed)), Map.of(),
      new SimpleMeterRegistry(), HASTY);
  private int port;

  @BeforeEach
  void listen() throws IOException {
    port = server.listen(new Routes());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aClientThatAnswersPingsIsKeptHoweverLittleItSays() {
    try (var socket = open()) {
      for (int i = 0; i < 5; i++) {
        assertThat(socket.readFrame().first()).isEqualTo(0x89);
        socket.sendFrame(0x8A, new byte[0]);
      }
      assertThat(channel.sinks()).hasSize(1);
    }
  }

  @Test
  void anyByteIsASignOfLife() {
    try (var socket = open()) {
      for (int i = 0; i < 3; i++) {
        assertThat(socket.readFrame().first()).isEqualTo(0x89);
        socket.sendFrame(0x81, new byte[]{'x'});
      }
      assertThat(channel.sinks()).hasSize(1);
    }
  }

  @Test
  void aClientThatGivesNoSignOfLifeIsClosedWith4000AlthoughItsSocketTakesWhatIsSent() {
    try (var socket = open()) {
      assertThat(socket.readFrame().first()).isEqualTo(0x89);
      channel.publish(new Message(new byte[]{'x'}, Label.of("x"), null));
      assertThat(socket.readFrame().text()).isEqualTo("x");

      assertThat(socket.readClose()).isEqualTo(4000);
      assertThat(socket.readToEnd()).isEmpty();
    }
    await().until(() -> channel.sinks().isEmpty());
  }

  private RawSocket open() {
    RawSocket socket = RawSocket.connect(port);
    socket.sendHandshake("/ws/test");
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }
}
