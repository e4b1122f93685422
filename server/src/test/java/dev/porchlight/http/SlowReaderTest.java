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
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Clients with full sockets that answer no ping, as those cannot that have not read so far: who reads is alive. Seen to fail
 * when a write that moves on is no sign of life, when nobody is dead at the deadline, and when a connection that has broken is
 * counted as one that was closed.
 */
class SlowReaderTest {
  private static final WebSocketTimes HASTY = new WebSocketTimes(Duration.ofSeconds(1), Duration.ofMillis(800),
      Duration.ofMillis(200), Duration.ofSeconds(15));
  /** Pings come each second as long as there are signs of life, for which even a busy machine has time. */
  private static final WebSocketTimes PATIENT = new WebSocketTimes(Duration.ofSeconds(1), Duration.ofSeconds(8),
      Duration.ofMillis(200), Duration.ofSeconds(15));
  /** More than interval and deadline, so that nobody is kept who should not be. */
  private static final Duration LONG = Duration.ofSeconds(10);
  private static final int FRAME_BYTES = 20_000;
  private static final int FRAMES = 700;
  private static final int LONG_FRAME_BYTES = 12_000_000;
  private static final int PING = 0x89;

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final Channel other = Examples.channel(SlowRule.CLOSE);
  private @Nullable WebServer server;
  private int port;

  private void listen(WebSocketTimes times) throws IOException {
    server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, "auto"), InetAddress.getLoopbackAddress(),
        Map.of("/ws/test", endpoint(channel), "/ws/other", endpoint(other)), Map.of(), meters, times);
    port = server.listen(new Routes());
  }

  private static WebSocketEndpoint endpoint(Channel of) {
    return WebSocketEndpoint
        .of(Feed.events(of, null, new ChannelMeters("test", new SimpleMeterRegistry()), Clock.systemUTC()));
  }

  @AfterEach
  void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aFullSocketThatNeverMovesIsClosedWith4000AndCounted() throws IOException {
    listen(HASTY);
    try (var _ = openAndFlood()) {
      await().until(() -> channel.sinks().isEmpty());
      await().until(() -> closedWith("4000") == 1);
    }
  }

  @Test
  void aClientThatBreaksOffWhileItIsWrittenToIsNotCountedAsDead() throws IOException {
    listen(WebSocketTimes.STANDARD);
    try (var socket = openAndFlood()) {
      socket.reset();
      await().until(() -> channel.sinks().isEmpty());
      await().untilAsserted(() -> assertThat(closedWith("none")).as("%s", meters.getMetersAsString()).isEqualTo(1));
    }
  }

  /**
   * Seldom: each write waits for long. Often: none does. And one that reads a single write in pieces, which began after the
   * ping: at the deadline alone it would look as if it stood.
   */
  @Test
  void fullSocketsThatMoveOnAreKept() throws IOException {
    listen(PATIENT);
    try (var timer = Executors.newScheduledThreadPool(3);
        var inPieces = open("/ws/other");
        var often = open("/ws/test");
        var seldom = openAndFlood()) {
      assertThat(inPieces.readFrame().first()).isEqualTo(PING);
      other.publish(new Message(new byte[LONG_FRAME_BYTES], Label.of("x"), null));
      List<ScheduledFuture<?>> reading = List.of(every(timer, 100, () -> inPieces.skip(LONG_FRAME_BYTES / 200)),
          every(timer, 50, () -> read(often, 1)), every(timer, 800, () -> read(seldom, 4)));

      await().during(LONG).untilAsserted(() -> {
        assertThat(channel.sinks()).as("%s", meters.getMetersAsString()).hasSize(2);
        assertThat(other.sinks()).as("%s", meters.getMetersAsString()).hasSize(1);
      });

      assertThat(reading).noneMatch(ScheduledFuture::isDone);
      timer.shutdownNow();
    }
  }

  private static ScheduledFuture<?> every(ScheduledExecutorService timer, int millis, Runnable reading) {
    return timer.scheduleWithFixedDelay(reading, 0, millis, TimeUnit.MILLISECONDS);
  }

  private static void read(RawSocket socket, int frames) {
    for (int i = 0; i < frames; i++) {
      RawSocket.Frame _ = socket.readFrame();
    }
  }

  private double closedWith(String code) {
    Counter counter = meters.find("porchlight.websocket.disconnects").tag("code", code).counter();
    return counter == null ? 0 : counter.count();
  }

  private RawSocket openAndFlood() {
    RawSocket socket = open("/ws/test");
    for (int i = 0; i < FRAMES; i++) {
      channel.publish(new Message(new byte[FRAME_BYTES], Label.of("x"), null));
    }
    return socket;
  }

  private RawSocket open(String path) {
    RawSocket socket = RawSocket.connect(port);
    socket.sendHandshake(path);
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }
}
