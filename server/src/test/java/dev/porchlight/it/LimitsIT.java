package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.live.Examples;
import java.util.Locale;
import org.junit.jupiter.api.Test;

import static dev.porchlight.live.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The limits of the channels, each tested by exceeding it. */
class LimitsIT {
  @Test
  void oneConnectionTooManyIsToldToComeAgainAndAPlaceGivenBackIsFree() {
    try (var server = TestServer.start("live.max-connections=2");
        var _ = server.connect("/ws/events");
        var third = RawSocket.connect(server.port())) {
      Client second = server.connect("/ws/system");
      third.sendHandshake("/ws/events");
      assertThat(third.readHead().toLowerCase(Locale.ROOT)).startsWith("http/1.1 503 ").contains("retry-after: ");

      second.close();
      await().until(() -> server.system().connections().isEmpty());

      try (var again = server.connect("/ws/events")) {
        server.events().broadcastNewEvent(Examples.NEW_EVENT);
        assertThat(again.next().get("type").stringValue()).isEqualTo("new_event");
      }
    }
  }

  @Test
  void loopbackIsNotCountedPerAddress() {
    try (var server = TestServer.start("live.max-per-address=1");
        var _ = server.connect("/ws/events");
        var _ = server.connect("/ws/events")) {
      assertThat(server.events().connections()).hasSize(2);
    }
  }

  @Test
  void aClientThatStopsReadingEventsIsClosedWith4008AndDelaysNobody() {
    NewEvent event = new NewEvent(1, "cam-123", 75, RiskLevel.HIGH, "Person", "x".repeat(20_000), NOON, NOON);
    try (var server = TestServer.start("live.events.history-messages=20", "gpu.interval=1h");
        var stalled = RawSocket.connect(server.port());
        var reading = server.connect("/ws/events")) {
      stalled.sendHandshake("/ws/events");
      assertThat(stalled.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(server.events().connections()).hasSize(2);

      // Paced by the client that reads, until the sockets of the other one are full and it falls off the history.
      int sent = 0;
      while (server.events().connections().size() == 2) {
        assertThat(sent).as("messages before the stalled client is given up").isLessThan(5_000);
        for (int i = 0; i < 10; i++) {
          server.events().broadcastNewEvent(event);
        }
        for (int i = 0; i < 10; i++) {
          assertThat(reading.next().get("type").stringValue()).isEqualTo("new_event");
        }
        sent += 10;
      }

      assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(1);
      reading.next();
      await()
          .untilAsserted(() -> assertThat(server.get("/metrics").body())
              .contains("porchlight_websocket_disconnects_total{code=\"4008\",path=\"/ws/events\"} 1"));
    }
  }

  @Test
  void theBytesRememberedDecideWhenAClientFellBehindThoughItsMessagesAreFew() {
    NewEvent event = new NewEvent(1, "cam-123", 75, RiskLevel.HIGH, "Person", "x".repeat(20_000), NOON, NOON);
    int most = 6 << 20;
    try (var server = TestServer.start("live.events.history-bytes=256KiB", "gpu.interval=1h");
        var stalled = RawSocket.connect(server.port(), 4_096);
        var reading = server.connect("/ws/events")) {
      stalled.sendHandshake("/ws/events");
      assertThat(stalled.readHead()).startsWith("HTTP/1.1 101 ");

      for (int sent = 0; server.events().connections().size() == 2; sent += 20_000) {
        assertThat(sent).as("bytes before the stalled client is given up").isLessThan(most);
        server.events().broadcastNewEvent(event);
        assertThat(reading.next().get("type").stringValue()).isEqualTo("new_event");
      }

      assertThat(metric(server, "porchlight_channel_log_bytes{channel=\"events\",encoding=\"plain\"}"))
          .isBetween(20_000.0, 256.0 * 1024);
    }
  }

  @Test
  void whatIsOlderThanTheAgeIsForgottenThoughNothingNewComes() {
    try (var server = TestServer.start("live.events.history-age=1s", "gpu.interval=1h");
        var client = server.connect("/ws/events")) {
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(client.next().get("type").stringValue()).isEqualTo("new_event");

      await().until(() -> metric(server, "porchlight_channel_retained{channel=\"events\"}") == 0);

      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(client.next().get("type").stringValue()).isEqualTo("new_event");
      assertThat(server.events().connections()).hasSize(1);
    }
  }

  private static double metric(TestServer server, String name) {
    return server.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow();
  }

  /**
   * Neither reads: more is said than any socket holds, and far more than is remembered. What the plain one is moved on to is
   * what REST says, which is not what was broadcast last.
   */
  @Test
  void onTheChannelOfGaugesWhoFallsBehindIsMovedOnButOneOfV1IsClosedWith4008() {
    try (var server = TestServer.start("live.system.history-messages=20", "gpu.interval=1h");
        var plain = RawSocket.connect(server.port());
        var v1 = RawSocket.connect(server.port())) {
      server.send("POST", "/api/cameras", "{\"camera_id\":\"cam-9\"}");
      plain.sendHandshake("/ws/system");
      assertThat(plain.readHead()).startsWith("HTTP/1.1 101 ");
      v1.sendHandshake("/ws/system?protocol=v1");
      assertThat(v1.readHead()).startsWith("HTTP/1.1 101 ");

      int sent = 50_000;
      for (int i = 0; i < sent; i++) {
        int _ = server.system().broadcastCameraStatus(new CameraStatus("cam-" + i % 5, CameraState.ONLINE, NOON));
      }
      assertThat(server.system().broadcastCameraStatus(new CameraStatus("cam-9", CameraState.OFFLINE, NOON)))
          .isEqualTo(1);
      await()
          .untilAsserted(() -> assertThat(server.get("/metrics").body())
              .contains("porchlight_websocket_disconnects_total{code=\"4008\",path=\"/ws/system\"} 1"));

      assertThat(server.system().connections()).hasSize(1);
      int read = 1;
      String moved = plain.readFrame().text();
      while (!moved.contains("\"cam-9\"")) {
        moved = plain.readFrame().text();
        read++;
      }
      assertThat(read).isLessThan(sent);
      assertThat(Client.JSON.readTree(moved).get("data").get("last_seen_at"))
          .isEqualTo(server.json("/api/cameras/cam-9").get("last_seen_at"));
    }
  }

  @Test
  void aStoppingServerSaysGoodbyeWith1001() {
    TestServer server = TestServer.start();
    try (var first = server.connect("/ws/events"); var second = server.connect("/ws/system")) {
      server.close();

      assertThat(first.closeCode()).isEqualTo(1001);
      assertThat(second.closeCode()).isEqualTo(1001);
    }
  }
}
