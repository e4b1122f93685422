package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import java.net.http.HttpResponse;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A thread that ended outside a stop is in the health, in the component that it works for. */
class TaskHealthIT {
  @ParameterizedTest
  @CsvSource({"ingest, ingest-scan", "ingest, ingest-watch"})
  void aThreadThatHasEndedIsDownAndNamed(String component, String name) {
    try (var server = TestServer.start("gpu.interval=1h")) {
      assertThat(state(server, component).get("status").stringValue()).isEqualTo("ok");

      thread(name).interrupt();

      await()
          .untilAsserted(() -> assertThat(state(server, component).get("status").stringValue()).isEqualTo("down"));
      assertThat(state(server, component).get("detail").stringValue()).contains(name, "ended");
      assertThat(server.get("/api/system/health").statusCode()).isEqualTo(503);
    }
  }

  private static JsonNode state(TestServer server, String component) {
    HttpResponse<String> answer = server.get("/api/system/health");
    return Client.JSON.readTree(answer.body()).get("components").get(component);
  }

  private static Thread thread(String name) {
    return Thread.getAllStackTraces()
        .keySet()
        .stream()
        .filter(thread -> thread.getName().equals(name))
        .findFirst()
        .orElseThrow();
  }
}
