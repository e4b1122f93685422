package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * After a restart all clients come back at once: what they missed is in memory again.
 */
class RestartIT {
  private static final int MESSAGES = 300;
  private static final int CLIENTS = 30;

  @TempDir
  private Path data;

  @Test
  void clientsThatComeBackAreServedFromMemory() {
    String epoch;
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      for (int i = 0; i < MESSAGES; i++) {
        server.events().broadcastDetection(Examples.DETECTION);
      }
      try (var client = server.connect("/ws/events", "porchlight.v1")) {
        epoch = client.next("hello").get("epoch").stringValue();
      }
    }
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      assertThat(metric(server, "porchlight_channel_retained{channel=\"events\"}")).isEqualTo(MESSAGES);
      for (int since = 0; since < CLIENTS; since++) {
        readMissed(server, epoch, since);
      }
      try (var stream = SseClient.open(server.port(), "/api/stream/events", "Last-Event-ID", epoch + ":0")) {
        assertThat(stream.next().type()).isEqualTo("hello");
        assertThat(stream.next().data().get("recovered").booleanValue()).isTrue();
        for (long seq = 1; seq <= MESSAGES; seq++) {
          assertThat(stream.next().seq()).isEqualTo(seq);
        }
      }
      assertThat(metric(server, "porchlight_channel_resumes_total{channel=\"events\",recovered=\"true\"}"))
          .isEqualTo(CLIENTS + 1);
      assertThat(metric(server, "porchlight_channel_journal_reads_total{channel=\"events\"}")).isZero();
    }
  }

  /** What is older than the memory goes back is still to be had. */
  @Test
  void whatDoesNotFitIntoMemoryIsReadFromTheJournal() {
    String[] settings = {"gpu.interval=1h", "live.events.history-messages=50"};
    try (var server = TestServer.startIn(data, settings)) {
      for (int i = 0; i < MESSAGES; i++) {
        server.events().broadcastDetection(Examples.DETECTION);
      }
    }
    try (var server = TestServer.startIn(data, settings); var client = server.connect("/ws/events", "porchlight.v1")) {
      String epoch = client.next("hello").get("epoch").stringValue();
      assertThat(metric(server, "porchlight_channel_retained{channel=\"events\"}")).isEqualTo(50);
      readMissed(server, epoch, MESSAGES - 50);
      assertThat(metric(server, "porchlight_channel_journal_reads_total{channel=\"events\"}")).isZero();
      readMissed(server, epoch, 0);
      assertThat(metric(server, "porchlight_channel_journal_reads_total{channel=\"events\"}")).isPositive();
    }
  }

  private static void readMissed(TestServer server, String epoch, long since) {
    try (var client = server.connect("/ws/events?epoch=" + epoch + "&since=" + since, "porchlight.v1")) {
      assertThat(client.next("resumed").get("recovered").booleanValue()).isTrue();
      for (long seq = since + 1; seq <= MESSAGES; seq++) {
        assertThat(client.next().get("seq").longValue()).isEqualTo(seq);
      }
    }
  }

  private static double metric(TestServer server, String name) {
    return server.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElseThrow(() -> new AssertionError("nothing is told of " + name));
  }
}
