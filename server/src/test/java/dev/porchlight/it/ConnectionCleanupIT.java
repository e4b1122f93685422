package dev.porchlight.it;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ConnectionCleanupIT {
  private static final int CYCLES = 5;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
    // What the first connection loads and starts for good is not a leak.
    cycle("/ws/events", "/ws/system");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void eventsWebsocketCleanupOnDisconnect() {
    leavesNothingBehind("/ws/events");
  }

  @Test
  void systemWebsocketCleanupOnDisconnect() {
    leavesNothingBehind("/ws/system");
  }

  @Test
  void mixedWebsocketCleanup() {
    leavesNothingBehind("/ws/events", "/ws/system", "/ws/events");
  }

  private static void leavesNothingBehind(String... paths) {
    long descriptors = descriptors();
    int threads = serverThreads();

    for (int i = 0; i < CYCLES; i++) {
      cycle(paths);
    }

    assertThat(server.events().connections()).isEmpty();
    assertThat(server.system().connections()).isEmpty();
    assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isZero();
    await().untilAsserted(() -> {
      assertThat(serverThreads()).isLessThanOrEqualTo(threads);
      assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    });
  }

  private static void cycle(String... paths) {
    Client[] clients = new Client[paths.length];
    for (int i = 0; i < paths.length; i++) {
      clients[i] = server.connect(paths[i]);
    }
    for (Client client : clients) {
      client.close();
    }
    server.awaitNobody();
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
  }

  /** The threads that are not of the clients in this same process. */
  private static int serverThreads() {
    return (int) Thread.getAllStackTraces()
        .keySet()
        .stream()
        .filter(thread -> !thread.getName().contains("HttpClient"))
        .filter(thread -> !thread.getName().contains("ForkJoinPool"))
        .filter(thread -> !thread.getName().startsWith("awaitility"))
        .count();
  }
}
