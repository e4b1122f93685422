package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.live.Examples;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ErrorHandlingIT {
  private static final int RECEIVE_BYTES = 30_000;
  /** Of about 150 bytes each: far more than fits into both ends of a socket. */
  private static final int BEFORE = 3_000;
  private static final int ALL = 3_500;
  private static final int PART_OF_A_FRAME = 100;

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

  /**
   * One dies mid-broadcast: with frames read, with one begun and not read to its end, and with many that its full socket has not
   * taken. The others get every message before and after, in order.
   */
  @Test
  void systemWebsocketHandlesConnectionErrors() {
    try (var first = server.connect("/ws/system");
        var dying = RawSocket.connect(server.port(), RECEIVE_BYTES);
        var second = server.connect("/ws/system")) {
      dying.sendHandshake("/ws/system");
      assertThat(dying.readHead()).startsWith("HTTP/1.1 101 ");
      assertThat(server.system().connections()).hasSize(3);
      for (int i = 0; i < BEFORE; i++) {
        broadcast(i);
      }
      for (int i = 0; i < BEFORE; i++) {
        assertNext(first, i);
        assertNext(second, i);
      }
      // Those two have everything, so it is the third that lags.
      assertThat(lag()).isPositive();
      dying.skip(PART_OF_A_FRAME);
      assertThat(server.system().connections()).hasSize(3);

      dying.reset();
      for (int i = BEFORE; i < ALL; i++) {
        broadcast(i);
      }

      for (int i = BEFORE; i < ALL; i++) {
        assertNext(first, i);
        assertNext(second, i);
      }
      await().until(() -> server.system().connections().size() == 2);
      assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(2);
    }
    server.awaitNobody();
  }

  private static void broadcast(long number) {
    int reached = server.system().broadcastGpuStats(new GpuStats(1.0, number, 1L, 1.0, 1.0, Examples.NOON));
    assertThat(reached).isBetween(2, 3);
  }

  private static void assertNext(Client client, long number) {
    assertThat(client.next("gpu_stats").get("memory_used").longValue()).isEqualTo(number);
  }

  /** How many messages the slowest client of the channel has not been sent. */
  private static double lag() {
    return server.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("porchlight_channel_lag{channel=\"system\"}"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf('}') + 1)))
        .sum();
  }
}
