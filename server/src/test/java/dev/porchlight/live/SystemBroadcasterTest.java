package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.SlowRule;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SystemBroadcasterTest {
  private final Channel channel = Examples.channel(SlowRule.LATEST);
  private final SystemBroadcaster system = new SystemBroadcaster(channel);

  @Test
  void connectWebsocket() {
    var connection = new RecordingConnection();

    system.connect(connection);

    assertThat(system.connections()).containsExactly(connection);
  }

  @Test
  void disconnectWebsocket() {
    var connection = new RecordingConnection();
    system.connect(connection);

    system.disconnect(connection);

    assertThat(system.connections()).isEmpty();
  }

  @Test
  void broadcastGpuStatsNoConnections() {
    assertThat(system.broadcastGpuStats(Examples.GPU_STATS)).isZero();

    assertThat(channel.last()).isEqualTo(1);
  }

  @Test
  void broadcastGpuStatsSingleConnection() {
    var connection = new RecordingConnection();
    system.connect(connection);

    assertThat(system.broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(1);

    JsonNode data = connection.message().get("data");
    assertThat(data.get("gpu_utilization").doubleValue()).isEqualTo(75.5);
    assertThat(data.get("memory_used").longValue()).isEqualTo(12345678900L);
  }

  @Test
  void broadcastGpuStatsMultipleConnections() {
    var first = new RecordingConnection();
    var second = new RecordingConnection();
    system.connect(first);
    system.connect(second);

    assertThat(system.broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(2);

    assertThat(first.texts()).hasSize(1).isEqualTo(second.texts());
  }

  @Test
  void broadcastCameraStatusSingleConnection() {
    var connection = new RecordingConnection();
    system.connect(connection);

    assertThat(system.broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(1);

    JsonNode message = connection.message();
    assertThat(message.get("type").stringValue()).isEqualTo("camera_status");
    assertThat(message.get("data").get("status").stringValue()).isEqualTo("online");
  }

  @Test
  void broadcastCameraStatusNoConnections() {
    assertThat(system.broadcastCameraStatus(Examples.CAMERA_STATUS)).isZero();

    assertThat(channel.last()).isEqualTo(1);
  }

  @Test
  void broadcastCameraStatusWithFailedConnection() {
    var alive = new RecordingConnection();
    system.connect(new BrokenConnection());
    system.connect(alive);

    assertThat(system.broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(1);

    assertThat(system.connections()).containsExactly(alive);
    assertThat(alive.texts()).hasSize(1);
  }
}
