package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import java.nio.file.Files;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A database that cannot be written is seen by everybody who asks, and loses nothing. */
class BrokenStoreIT {
  @Test
  void whileNothingCanBeWrittenTheHealthIsDownAndAfterwardsEverythingIsTaken() throws Exception {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var server = TestServer.start("gpu.interval=1h"); var events = server.connect("/ws/events")) {
      assertThat(server.post("/api/cameras/front/frames?wait=true", photo).statusCode()).isEqualTo(200);
      events.next("detection");

      try (var somebodyElse = DriverManager.getConnection("jdbc:sqlite:" + server.data().resolve("porchlight.db"));
          var statement = somebodyElse.createStatement()) {
        statement.execute("BEGIN IMMEDIATE");
        var refused = server.post("/api/cameras/front/frames", photo);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
        assertThat(refused.headers().firstValue("content-type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("retry-after")).isPresent();

        var health = server.get("/api/system/health");
        assertThat(health.statusCode()).isEqualTo(503);
        JsonNode body = Client.JSON.readTree(health.body());
        assertThat(body.get("status").stringValue()).isEqualTo("down");
        assertThat(body.get("components").get("store").get("status").stringValue()).isEqualTo("down");
        Files.write(server.camera("front").resolve("waits.jpg"), photo);
        statement.execute("ROLLBACK");
      }

      await()
          .untilAsserted(() -> assertThat(server.get("/api/system/health").statusCode()).isEqualTo(200));
      assertThat(server.post("/api/cameras/front/frames?wait=true", photo).statusCode()).isEqualTo(200);
    }
  }
}
