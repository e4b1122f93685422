package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BroadcastIT {
  private static TestServer server;

  private final List<Client> clients = new ArrayList<>();

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void leave() {
    clients.forEach(Client::close);
    server.awaitNobody();
  }

  @Test
  void eventsBroadcastToMultipleClients() {
    connect("/ws/events", 5);

    assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(5);
    assertThat(server.events().broadcastDetection(Examples.DETECTION)).isEqualTo(5);

    for (Client client : clients) {
      assertThat(client.next().get("type").stringValue()).isEqualTo("new_event");
      assertThat(client.next().get("type").stringValue()).isEqualTo("detection");
    }
  }

  @Test
  void systemBroadcastToMultipleClients() {
    connect("/ws/system", 5);

    assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(5);
    assertThat(server.system().broadcastCameraStatus(Examples.CAMERA_STATUS)).isEqualTo(5);

    for (Client client : clients) {
      assertThat(client.next().get("type").stringValue()).isEqualTo("gpu_stats");
      assertThat(client.next().get("type").stringValue()).isEqualTo("camera_status");
    }
  }

  @Test
  void isolatedChannels() {
    Client events = connect("/ws/events", 1);
    Client system = connect("/ws/system", 1);

    assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(1);
    assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(1);
    // Each channel is in order, so what comes last shows that nothing else came before it.
    server.events().broadcastDetection(Examples.DETECTION);
    server.system().broadcastCameraStatus(Examples.CAMERA_STATUS);

    assertThat(events.next().get("type").stringValue()).isEqualTo("new_event");
    assertThat(events.next().get("type").stringValue()).isEqualTo("detection");
    assertThat(system.next().get("type").stringValue()).isEqualTo("gpu_stats");
    assertThat(system.next().get("type").stringValue()).isEqualTo("camera_status");
  }

  private Client connect(String path, int count) {
    for (int i = 0; i < count; i++) {
      clients.add(server.connect(path));
    }
    return clients.getLast();
  }
}
