package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ErrorHandlingIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void eventsWebsocketInvalidPath() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.sendHandshake("/ws/invalid");

      assertThat(socket.readHead()).startsWith("HTTP/1.1 404 ").contains("application/problem+json");
    }
    assertThat(server.events().connections()).isEmpty();
  }

  @Test
  void systemWebsocketHandlesConnectionErrors() {
    try (var first = server.connect("/ws/system");
        var dying = RawSocket.connect(server.port());
        var second = server.connect("/ws/system")) {
      dying.sendHandshake("/ws/system");
      assertThat(dying.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(server.system().connections()).hasSize(3);

      dying.reset();
      for (int i = 0; i < 100; i++) {
        server.system().broadcastGpuStats(Examples.GPU_STATS);
      }

      for (int i = 0; i < 100; i++) {
        assertThat(first.next("gpu_stats").get("memory_used").longValue()).isEqualTo(12345678900L);
        second.next("gpu_stats");
      }
      await().until(() -> server.system().connections().size() == 2);
      assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(2);
    }
    server.awaitNobody();
  }
}
