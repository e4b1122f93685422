package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.live.Examples;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What a client that asks for {@code porchlight.v1} gets more than a plain one, and that a plain one gets nothing of it. */
class V1ChannelIT {
  private static final String V1 = "porchlight.v1";

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void everybodyHasLeft() {
    server.awaitNobody();
  }

  @Test
  void theSubprotocolIsEchoedAlsoAmongOthers() {
    try (var alone = server.connect("/ws/events", V1); var among = server.connect("/ws/events", "mqtt", V1, "wamp")) {
      assertThat(alone.subprotocol()).isEqualTo(V1);
      assertThat(among.subprotocol()).isEqualTo(V1);
      assertThat(alone.next().get("type").stringValue()).isEqualTo("hello");
      assertThat(among.next().get("type").stringValue()).isEqualTo("hello");
    }
  }

  @Test
  void whoOffersOnlyUnknownSubprotocolsIsAPlainClientAndNoneIsSelected() {
    try (var client = server.connect("/ws/events", "mqtt", "porchlight.v2", "Porchlight.v1")) {
      assertThat(client.subprotocol()).isEmpty();
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertPlain(client.next(), "new_event");
    }
  }

  @Test
  void theParameterDoesWhatTheSubprotocolDoes() {
    try (var client = server.connect("/ws/events?protocol=v1")) {
      assertThat(client.subprotocol()).isEmpty();
      assertThat(client.next().get("type").stringValue()).isEqualTo("hello");
    }
  }

  @Test
  void anotherProtocolThanV1IsRefused() {
    for (String protocol : new String[]{"v2", "V1", "", "porchlight.v1"}) {
      try (var socket = RawSocket.connect(server.port())) {
        socket.sendHandshake("/ws/events?protocol=" + protocol, "Sec-WebSocket-Protocol: " + V1);
        assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ");
      }
    }
  }

  @Test
  void helloIsFirstAndSaysWhereTheChannelStands() {
    server.events().broadcastNewEvent(Examples.NEW_EVENT);
    try (var first = server.connect("/ws/events", V1); var second = server.connect("/ws/events", V1)) {
      JsonNode hello = first.next();
      JsonNode other = second.next();

      assertThat(hello.propertyNames()).containsExactly("type", "data");
      JsonNode data = hello.get("data");
      assertThat(data.propertyNames()).containsExactly("connection_id", "epoch", "seq", "heartbeat_seconds",
          "server_time");
      assertThat(data.get("heartbeat_seconds").intValue()).isEqualTo(15);
      assertThat(Client.time(data, "server_time")).isCloseTo(Instant.now(), within(Duration.ofMinutes(1)));
      assertThat(data.get("connection_id")).isNotEqualTo(other.get("data").get("connection_id"));
      assertThat(data.get("epoch")).isEqualTo(other.get("data").get("epoch"));

      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(first.next().get("seq").longValue()).isEqualTo(data.get("seq").longValue() + 1);
    }
  }

  @Test
  void numbersGrowByOneAndPlainClientsAreToldNoneOfIt() {
    try (var v1 = server.connect("/ws/events", V1); var plain = server.connect("/ws/events")) {
      long seq = v1.next().get("data").get("seq").longValue();
      for (int i = 1; i <= 50; i++) {
        assertThat(server.events().broadcastDetection(Examples.DETECTION)).isEqualTo(2);
        JsonNode numbered = v1.next();
        assertThat(numbered.propertyNames()).containsExactly("type", "data", "seq");
        assertThat(numbered.get("seq").longValue()).isEqualTo(seq + i);
        JsonNode message = plain.next();
        assertPlain(message, "detection");
        assertThat(message.get("data")).isEqualTo(numbered.get("data"));
      }
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(plain.next().get("type").stringValue()).as("nothing came before it").isEqualTo("new_event");
      assertThat(v1.next().get("seq").longValue()).isEqualTo(seq + 51);
    }
  }

  @Test
  void onlyThoseWhoseFilterLetsAMessageThroughAreCounted() {
    try (var all = server.connect("/ws/events", V1);
        var _ = server.connect("/ws/events?types=detection");
        var _ = server.connect("/ws/events?min_risk=80");
        var _ = server.connect("/ws/events?camera=cam-123");
        var _ = SseClient.open(server.port(), "/api/stream/events?camera=elsewhere")) {
      all.next();

      assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(2);
      assertThat(server.events().broadcastDetection(Examples.DETECTION)).isEqualTo(4);
    }
  }

  @Test
  void theLatestGaugesComeFirstMarkedAsSnapshotsWithoutANumber() {
    server.system().broadcastGpuStats(Examples.GPU_STATS);
    server.send("POST", "/api/cameras", "{\"camera_id\":\"cam-2\"}");
    server.send("POST", "/api/cameras", "{\"camera_id\":\"cam-1\"}");
    server.system().broadcastCameraStatus(status("cam-1", CameraState.ONLINE));
    try (var client = server.connect("/ws/system", V1);
        var plain = server.connect("/ws/system");
        var picky = server.connect("/ws/system?types=camera_status&camera=cam-1&min_risk=50", V1)) {
      assertThat(client.next().get("type").stringValue()).isEqualTo("hello");
      JsonNode gpu = client.next();
      assertThat(gpu.propertyNames()).containsExactly("type", "data", "snapshot");
      assertThat(gpu.get("snapshot").booleanValue()).isTrue();
      assertThat(gpu.get("type").stringValue()).isEqualTo("gpu_stats");
      JsonNode first = client.next();
      assertThat(first.get("snapshot").booleanValue()).isTrue();
      assertThat(first.get("data").get("camera_id").stringValue()).isEqualTo("cam-1");
      assertThat(first.get("data").get("status").stringValue()).as("what REST says").isEqualTo("offline");
      assertThat(client.next().get("data").get("camera_id").stringValue()).isEqualTo("cam-2");

      assertThat(picky.next().get("type").stringValue()).isEqualTo("hello");
      assertThat(picky.next()).isEqualTo(first);

      assertThat(server.system().broadcastCameraStatus(status("cam-1", CameraState.ONLINE))).isEqualTo(3);
      assertThat(client.next().propertyNames()).containsExactly("type", "data", "seq");
      assertThat(picky.next().propertyNames()).containsExactly("type", "data", "seq");
      assertPlain(plain.next(), "camera_status");
    }
  }

  @Test
  void whoComesBackInTimeIsNotToldTheGaugesAgain() {
    server.system().broadcastGpuStats(Examples.GPU_STATS);
    JsonNode hello;
    try (var client = server.connect("/ws/system", V1)) {
      hello = client.next().get("data");
    }
    try (var back = server.connect("/ws/system?epoch=" + hello.get("epoch").stringValue() + "&since="
        + hello.get("seq").longValue(), V1)) {
      back.next();
      assertThat(back.next().get("data").get("recovered").booleanValue()).isTrue();
      server.system().broadcastGpuStats(Examples.GPU_STATS);
      assertThat(back.next().has("seq")).isTrue();
    }
    try (var late = server.connect("/ws/system?epoch=other&since=0", V1)) {
      late.next();
      assertThat(late.next().get("data").get("recovered").booleanValue()).isFalse();
      assertThat(late.next().get("snapshot").booleanValue()).isTrue();
    }
  }

  private static CameraStatus status(String camera, CameraState state) {
    return new CameraStatus(camera, state, Examples.NOON);
  }

  private static void assertPlain(JsonNode message, String type) {
    assertThat(message.propertyNames()).containsExactly("type", "data");
    assertThat(message.get("type").stringValue()).isEqualTo(type);
  }
}
