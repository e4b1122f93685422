package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A client that comes back after the database was put back is told that it cannot go on where it was. */
class RestoreIT {
  private static final String V1 = "porchlight.v1";
  private static final String QUIET = "gpu.interval=1h";

  @TempDir
  private Path data;
  @TempDir
  private Path copies;

  @Test
  void aClientThatWasAheadOfADatabaseThatWasPutBackIsNotRecovered() throws IOException {
    String epoch;
    try (var server = TestServer.startIn(data, QUIET)) {
      epoch = broadcast(server, 20);
    }
    Files.copy(database(), copies.resolve("copy.db"));
    try (var server = TestServer.startIn(data, QUIET)) {
      assertThat(broadcast(server, 10)).as("a plain restart").isEqualTo(epoch);
      assertRecovered(server, epoch, 25, 30);
    }
    Files.copy(copies.resolve("copy.db"), database(), StandardCopyOption.REPLACE_EXISTING);

    try (var server = TestServer.startIn(data, QUIET)) {
      String after = broadcast(server, 0);
      assertThat(after).isNotEqualTo(epoch);
      // At 30 it was ahead; with ten more told, 30 exists again and is another message.
      assertNotRecovered(server, epoch, 30, 20);
      assertThat(broadcast(server, 10)).isEqualTo(after);
      assertNotRecovered(server, epoch, 30, 30);
      assertRecovered(server, after, 25, 30);
    }
  }

  @Test
  void aServerThatWasKilledKeepsTheEpochAndAPlainRestartToo() throws IOException {
    String epoch;
    try (var server = TestServer.startIn(data, QUIET)) {
      epoch = broadcast(server, 20);
    }
    try (var killed = KillableServer.start(data, Map.of("PORCHLIGHT_GPU_INTERVAL", "1h"))) {
      await().atMost(Duration.ofMinutes(2)).until(() -> killed.port() != 0);
    }
    for (int start = 0; start < 2; start++) {
      try (var server = TestServer.startIn(data, QUIET)) {
        assertRecovered(server, epoch, 5, 20);
      }
    }
  }

  @Test
  void aNewEpochThatWasAskedForIsToldAndStays() {
    String epoch;
    try (var server = TestServer.startIn(data, QUIET)) {
      epoch = broadcast(server, 20);
    }
    String after;
    try (var server = TestServer.startAnewIn(data, QUIET)) {
      after = broadcast(server, 0);
      assertThat(after).isNotEqualTo(epoch);
      assertNotRecovered(server, epoch, 20, 20);
    }
    try (var server = TestServer.startIn(data, QUIET)) {
      assertRecovered(server, after, 5, 20);
    }
  }

  @Test
  void theHeadIsNotedWhileTheServerRuns() {
    try (var server = TestServer.startIn(data, QUIET)) {
      String _ = broadcast(server, 20);

      await()
          .untilAsserted(() -> assertThat(data.resolve("epoch")).content().endsWith(" 20\n"));
    }
  }

  private Path database() {
    return data.resolve("porchlight.db");
  }

  /** Broadcasts so many detections; returns the epoch. */
  private static String broadcast(TestServer server, int count) {
    for (int i = 0; i < count; i++) {
      server.events().broadcastDetection(Examples.DETECTION);
    }
    try (var client = server.connect("/ws/events", V1)) {
      return client.next("hello").get("epoch").stringValue();
    }
  }

  private static void assertRecovered(TestServer server, String epoch, long since, long to) {
    try (var client = server.connect("/ws/events?epoch=" + epoch + "&since=" + since, V1)) {
      JsonNode resumed = client.next("resumed");
      assertThat(resumed.get("recovered").booleanValue()).isTrue();
      for (long seq = since + 1; seq <= to; seq++) {
        assertThat(client.next().get("seq").longValue()).isEqualTo(seq);
      }
    }
  }

  private static void assertNotRecovered(TestServer server, String epoch, long since, long last) {
    try (var client = server.connect("/ws/events?epoch=" + epoch + "&since=" + since, V1)) {
      JsonNode resumed = client.next("resumed");
      assertThat(resumed.get("recovered").booleanValue()).isFalse();
      assertThat(resumed.get("last").longValue()).isEqualTo(last);
    }
  }
}
