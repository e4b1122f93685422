package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class SystemChannelIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    // The server's own samples would come in between.
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void systemWebsocketConnection() {
    try (var _ = server.connect("/ws/system")) {
      assertThat(server.system().connections()).hasSize(1);
      assertThat(server.events().connections()).isEmpty();
    }
    server.awaitNobody();
  }

  @Test
  void systemWebsocketConnectionAndDisconnect() {
    Client client = server.connect("/ws/system");
    assertThat(server.system().connections()).hasSize(1);

    client.close();

    await().until(() -> server.system().connections().isEmpty());
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @Test
  void systemWebsocketReceiveGpuStats() {
    try (var client = server.connect("/ws/system")) {
      assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(1);

      JsonNode message = client.next();
      assertThat(message.get("type").stringValue()).isEqualTo("gpu_stats");
      assertThat(message.get("data").get("gpu_utilization").doubleValue()).isEqualTo(75.5);
    }
    server.awaitNobody();
  }

  @Test
  void systemWebsocketReceiveCameraStatus() {
    try (var client = server.connect("/ws/system")) {
      assertThat(server.system().broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(1);

      JsonNode message = client.next();
      assertThat(message.get("type").stringValue()).isEqualTo("camera_status");
      assertThat(message.get("data").get("camera_id").stringValue()).isEqualTo("cam-123");
    }
    server.awaitNobody();
  }

  @Test
  void systemWebsocketMultipleConnections() {
    try (var first = server.connect("/ws/system"); var second = server.connect("/ws/system")) {
      assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(2);

      assertThat(List.of(first.nextText())).containsExactly(second.nextText());
    }
    server.awaitNobody();
  }

  @Test
  void systemWebsocketReconnection() {
    try (var first = server.connect("/ws/system")) {
      server.system().broadcastGpuStats(Examples.GPU_STATS);
      first.next();
    }
    server.awaitNobody();

    try (var again = server.connect("/ws/system")) {
      server.system().broadcastCameraStatus(Examples.CAMERA_STATUS);

      assertThat(again.next().get("type").stringValue()).isEqualTo("camera_status");
      server.system().broadcastGpuStats(Examples.GPU_STATS);
      assertThat(again.next().get("type").stringValue()).as("nothing came before it").isEqualTo("gpu_stats");
    }
    server.awaitNobody();
  }

  @Test
  void systemWebsocketMessageFormatGpuStats() {
    try (var client = server.connect("/ws/system")) {
      server.system().broadcastGpuStats(Examples.GPU_STATS);

      JsonNode message = client.next();
      assertThat(message.propertyNames()).containsExactly("type", "data");
      JsonNode data = message.get("data");
      assertThat(data.propertyNames()).containsExactly("gpu_utilization", "memory_used", "memory_total", "temperature",
          "inference_fps", "recorded_at");
      assertThat(data.get("memory_used").longValue()).isEqualTo(12345678900L);
      assertThat(data.get("memory_total").longValue()).isEqualTo(25769803776L);
      assertThat(data.get("temperature").doubleValue()).isEqualTo(72.0);
      assertThat(data.get("inference_fps").doubleValue()).isEqualTo(30.5);
      assertThat(Client.time(data, "recorded_at")).isEqualTo(Examples.NOON);
    }
    server.awaitNobody();
  }

  @Test
  void systemWebsocketMessageFormatCameraStatus() {
    try (var client = server.connect("/ws/system")) {
      server.system().broadcastCameraStatus(Examples.CAMERA_STATUS);

      JsonNode message = client.next();
      assertThat(message.propertyNames()).containsExactly("type", "data");
      JsonNode data = message.get("data");
      assertThat(data.propertyNames()).containsExactly("camera_id", "status", "last_seen_at");
      assertThat(data.get("status").stringValue()).isEqualTo("online");
      assertThat(Client.time(data, "last_seen_at")).isEqualTo(Examples.NOON);
    }
    server.awaitNobody();
  }
}
