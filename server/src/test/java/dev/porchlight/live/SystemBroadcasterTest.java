package dev.porchlight.live;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class SystemBroadcasterTest {
  @Test
  void connectWebsocket() throws InterruptedException {
    BroadcastSetup.each(setup -> {
      RecordingConnection connection = setup.connection();

      setup.connect(connection);
      setup.connect(connection);

      assertThat(setup.connections()).containsExactly(connection);
      assertThat(setup.broadcast()).isEqualTo(1);
      assertThat(connection.texts()).hasSize(1);
    });
  }

  @Test
  void disconnectWebsocket() throws InterruptedException {
    BroadcastSetup.each(setup -> {
      RecordingConnection leaves = setup.connected();
      RecordingConnection stays = setup.connected();

      setup.disconnect(leaves);

      assertThat(setup.connections()).containsExactly(stays);
      assertThat(setup.broadcast()).isEqualTo(1);
      assertThat(leaves.texts()).isEmpty();
      assertThat(stays.texts()).hasSize(1);
    });
  }

  @Test
  void broadcastGpuStatsNoConnections() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      assertThat(setup.system().broadcastGpuStats(Examples.GPU_STATS)).isZero();

      assertThat(setup.channel().last()).isEqualTo(1);
    });
  }

  @Test
  void broadcastGpuStatsSingleConnection() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      RecordingConnection connection = setup.connected();

      assertThat(setup.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(1);

      JsonNode data = connection.message().get("data");
      assertThat(data.get("gpu_utilization").doubleValue()).isEqualTo(75.5);
      assertThat(data.get("memory_used").longValue()).isEqualTo(12345678900L);
    });
  }

  @Test
  void broadcastGpuStatsMultipleConnections() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      RecordingConnection first = setup.connected();
      RecordingConnection second = setup.connected();

      assertThat(setup.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(2);

      assertThat(first.texts()).hasSize(1).isEqualTo(second.texts());
    });
  }

  @Test
  void broadcastCameraStatusSingleConnection() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      RecordingConnection connection = setup.connected();

      assertThat(setup.system().broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(1);

      JsonNode message = connection.message();
      assertThat(message.get("type").stringValue()).isEqualTo("camera_status");
      assertThat(message.get("data").get("status").stringValue()).isEqualTo("online");
    });
  }

  @Test
  void broadcastCameraStatusNoConnections() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      assertThat(setup.system().broadcastCameraStatus(Examples.CAMERA_STATUS)).isZero();

      assertThat(setup.channel().last()).isEqualTo(1);
    });
  }

  @Test
  void broadcastCameraStatusWithFailedConnection() throws InterruptedException {
    BroadcastSetup.eachOfSystem(setup -> {
      setup.connect(setup.brokenConnection());
      RecordingConnection alive = setup.connected();

      assertThat(setup.system().broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(1 + setup.stillCounted(1));

      assertThat(alive.texts()).hasSize(1);
      assertThat(setup.connections()).containsExactly(alive);
      assertThat(setup.system().broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(1);
    });
  }
}
