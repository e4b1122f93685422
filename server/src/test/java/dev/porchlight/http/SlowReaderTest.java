package dev.porchlight.http;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients with full sockets that answer no ping, as those cannot that have not read so far: who reads is alive. Seen to fail
 * when a write that moves on is no sign of life, when nobody is dead at the deadline, and when a connection that has broken is
 * counted as one that was closed.
 */
class SlowReaderTest {
  private static final WebSocketTimes HASTY = new WebSocketTimes(Duration.ofMillis(1_500), Duration.ofMillis(1_200),
      Duration.ofMillis(200), Duration.ofSeconds(15));
  private static final int FRAME_BYTES = 20_000;
  private static final int FRAMES = 700;
  private static final int LONG_FRAME_BYTES = 12_000_000;
  private static final int PING = 0x89;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      Clock.systemUTC());
  private final WebServer server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, "auto"),
      InetAddress.getLoopbackAddress(), Map.of("/ws/test", WebSocketEndpoint.of(feed)), Map.of(), meters, HASTY);
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
  void aFullSocketThatNeverMovesIsClosedWith4000AndCounted() {
    try (var _ = openAndFlood()) {
      await().atMost(Duration.ofSeconds(10)).until(() -> channel.sinks().isEmpty());
      await().until(() -> closedWith("4000") == 1);
    }
  }

  @Test
  void aClientThatBreaksOffWhileItIsWrittenToIsNotCountedAsDead() {
    try (var socket = openAndFlood()) {
      socket.reset();
      await().atMost(Duration.ofSeconds(10)).until(() -> channel.sinks().isEmpty());
      await().untilAsserted(() -> assertThat(closedWith("none")).as("%s", meters.getMetersAsString()).isEqualTo(1));
    }
  }

  /** Seldom: each write waits for long. Often: none does, and it is the sum that tells. */
  @ParameterizedTest
  @ValueSource(ints = {50, 800})
  void aFullSocketThatMovesOnIsKept(int pauseMillis) {
    try (var timer = Executors.newSingleThreadScheduledExecutor(); var socket = openAndFlood()) {
      var reading = timer.scheduleAtFixedRate(() -> {
        for (int i = 0; i < Math.max(1, pauseMillis / 200); i++) {
          RawSocket.Frame _ = socket.readFrame();
        }
      }, 0, pauseMillis, TimeUnit.MILLISECONDS);
      await().during(HASTY.pingInterval().multipliedBy(4))
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(channel.sinks()).as("%s", meters.getMetersAsString()).hasSize(1));
      assertThat(reading.isDone()).isFalse();
      reading.cancel(false);
      timer.shutdown();
    }
  }

  /** What moves on is a single write, which began after the ping: at the deadline alone it would look as if it stood. */
  @Test
  void aWriteThatIsHeldUpOnlyAfterThePingAndMovesOnIsASignOfLife() {
    try (var timer = Executors.newSingleThreadScheduledExecutor(); var socket = RawSocket.connect(port)) {
      socket.sendHandshake("/ws/test");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(socket.readFrame().first()).isEqualTo(PING);
      channel.publish(new Message(new byte[LONG_FRAME_BYTES], Label.of("x"), null));
      var reading = timer.scheduleAtFixedRate(() -> socket.skip(LONG_FRAME_BYTES / 40), 0, 100, TimeUnit.MILLISECONDS);

      await().during(HASTY.pongDeadline().multipliedBy(2))
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(channel.sinks()).as("%s", meters.getMetersAsString()).hasSize(1));
      assertThat(reading.isDone()).isFalse();
      reading.cancel(false);
      timer.shutdown();
    }
  }

  private double closedWith(String code) {
    Counter counter = meters.find("porchlight.websocket.disconnects").tag("code", code).counter();
    return counter == null ? 0 : counter.count();
  }

  private RawSocket openAndFlood() {
    RawSocket socket = RawSocket.connect(port);
    socket.sendHandshake("/ws/test");
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    for (int i = 0; i < FRAMES; i++) {
      channel.publish(new Message(new byte[FRAME_BYTES], Label.of("x"), null));
    }
    return socket;
  }
}
