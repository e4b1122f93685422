package dev.porchlight.http;

import dev.porchlight.domain.Detection;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.it.Client;
import dev.porchlight.it.RawSocket;
import dev.porchlight.live.ChannelMeters;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.Examples;
import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What is said when there is nothing to say, on real sockets and sooner than the product says it; {@link DeliveryTest} has the
 * product's times, by a clock of its own.
 */
class HeartbeatTest {
  private static final Duration HEARTBEAT = Duration.ofMillis(250);
  private static final WebSocketTimes HASTY = new WebSocketTimes(Duration.ofSeconds(25), Duration.ofSeconds(10),
      Duration.ofMillis(200), HEARTBEAT);

  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final EventBroadcaster events = new EventBroadcaster(channel);
  private final Feed feed = Feed.events(channel, null, new ChannelMeters("test", new SimpleMeterRegistry()),
      ((InstantSource) this::now).withZone(ZoneOffset.UTC));
  private final WebServer server = new WebServer(new HttpConfig("127.0.0.1", 0, 10, 10, 6, "auto"),
      InetAddress.getLoopbackAddress(), Map.of("/ws/test", WebSocketEndpoint.of(feed)), Map.of("/stream", feed),
      new SimpleMeterRegistry(), HASTY);
  private int port;
  private volatile boolean isOutOfMemory;

  @BeforeEach
  void listen() throws IOException {
    port = server.listen(new Routes());
  }

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void aClientIsToldWhereItStandsEachTimeNothingWasSentForAWhile() {
    long begin = System.nanoTime();
    try (var socket = open("?protocol=v1")) {
      assertType(next(socket), "hello");
      assertHeartbeat(next(socket), 0);
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(HEARTBEAT);
      assertHeartbeat(next(socket), 0);
      events.broadcastDetection(Examples.DETECTION);
      JsonNode message = next(socket);
      // On a busy machine more than two may come before it.
      for (; !message.has("seq"); message = next(socket)) {
        assertHeartbeat(message, 0);
      }
      assertThat(message.get("seq").longValue()).isEqualTo(1);
      assertHeartbeat(next(socket), 1);
    }
  }

  @Test
  void aFilterThatLetsNothingThroughDoesNotKeepTheNumberBack() {
    try (var socket = open("?protocol=v1&camera=elsewhere")) {
      assertType(next(socket), "hello");
      for (int i = 0; i < 100; i++) {
        assertThat(events.broadcastDetection(Examples.DETECTION)).isZero();
      }
      JsonNode heartbeat = next(socket);
      while (heartbeat.get("data").get("seq").longValue() < 100) {
        heartbeat = next(socket);
      }
      assertHeartbeat(heartbeat, 100);
    }
  }

  @Test
  void plainClientsAreToldNothing() {
    try (var plain = open(""); var v1 = open("?protocol=v1")) {
      for (int i = 0; i < 3; i++) {
        JsonNode _ = next(v1);
      }
      events.broadcastDetection(Examples.DETECTION);
      assertType(next(plain), "detection");
    }
  }

  @Test
  void anEventStreamHasThemToo() {
    try (var socket = RawSocket.connect(port)) {
      socket.send("GET /stream HTTP/1.1\r\nHost: localhost\r\n\r\n");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 200 ");
      assertThat(socket.readUntil("event: heartbeat\ndata: {\"seq\":0,")).contains("id: e1:0\nevent: hello")
          .contains("id: e1:0\nevent: heartbeat");
    }
  }

  @Test
  void whoIsStillBeingToldWhatItMissedIsNotToldThatItHasIt() {
    for (int i = 0; i < 9_000; i++) {
      events.broadcastDetection(new Detection(i, "cam-1", "person", 0.5, Examples.NOON, 1, 2, 3, 4));
    }
    try (var socket = open("?protocol=v1&epoch=e1&since=0")) {
      assertType(next(socket), "hello");
      assertType(next(socket), "resumed");
      long seq = 0;
      while (seq < 9_000) {
        if (seq == 10) {
          // It reads nothing for several intervals, in the midst of it.
          await().during(HEARTBEAT.multipliedBy(4)).until(() -> channel.sinks().size() == 1);
        }
        JsonNode message = next(socket);
        if (message.has("seq")) {
          assertThat(message.get("seq").longValue()).isEqualTo(++seq);
        } else {
          // The server may have been held up for an interval.
          assertHeartbeat(message, seq);
        }
      }
      assertHeartbeat(next(socket), 9_000);
    }
  }

  @Test
  void aClientThatCannotBeToldIsClosedAndNotForgotten() {
    try (var socket = open("?protocol=v1")) {
      assertType(next(socket), "hello");
      isOutOfMemory = true;

      assertThat(socket.readClose()).isEqualTo(1013);
    }
  }

  private Instant now() {
    if (isOutOfMemory) {
      throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
    }
    return Instant.now();
  }

  private RawSocket open(String query) {
    RawSocket socket = RawSocket.connect(port);
    socket.sendHandshake("/ws/test" + query);
    assertThat(socket.readHead()).startsWith("HTTP/1.1 101 ");
    return socket;
  }

  private static JsonNode next(RawSocket socket) {
    return Client.JSON.readTree(socket.readFrame().text());
  }

  private static void assertType(JsonNode message, String type) {
    assertThat(message.get("type").stringValue()).isEqualTo(type);
  }

  private static void assertHeartbeat(JsonNode message, long seq) {
    assertType(message, "heartbeat");
    assertThat(message.propertyNames()).containsExactly("type", "data");
    assertThat(message.get("data").propertyNames()).containsExactly("seq", "server_time");
    assertThat(message.get("data").get("seq").longValue()).isEqualTo(seq);
  }
}
