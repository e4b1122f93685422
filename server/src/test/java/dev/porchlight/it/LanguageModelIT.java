package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.risk.StubModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static dev.porchlight.risk.StubModelServer.verdict;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The whole server with a language model: when it answers, when it hangs, and when it is back. */
class LanguageModelIT {
  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  private final StubModelServer model = new StubModelServer();
  private final CountDownLatch never = new CountDownLatch(1);
  private byte[] photo;
  private int pictures;

  @BeforeEach
  void readThePhoto() throws IOException {
    photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
  }

  @AfterEach
  void close() {
    never.countDown();
    model.close();
  }

  @Test
  void theModelsVerdictReachesTheClientsAndHowItCameAboutIsKept() {
    model.says(verdict(77, "Somebody climbs over the fence."));
    try (var server = start("analyst.vision=true", "batch.fast-path=false");
        var events = server.connect("/ws/events")) {
      post(server, "front");

      JsonNode event = events.next("new_event");
      assertThat(event.get("risk_score").intValue()).isEqualTo(77);
      assertThat(event.get("risk_level").stringValue()).isEqualTo("high");
      assertThat(event.get("summary").stringValue()).isEqualTo("Somebody climbs over the fence.");

      JsonNode analysis = server.json("/api/events/" + event.get("id").longValue() + "/analysis");
      assertThat(analysis.get("analyst").stringValue()).isEqualTo("nemotron");
      JsonNode said = analysis.get("analyses").get(0);
      assertThat(said.get("pictures")).hasSize(1);
      assertThat(said.get("prompt_tokens").intValue()).isEqualTo(321);
      assertThat(said.get("exchanges").get(0).get("request").stringValue()).contains("\"person\"",
          "[picture of detection");
      String url = model.posted()
          .getFirst()
          .body()
          .path("messages")
          .path(1)
          .path("content")
          .path(1)
          .path("image_url")
          .path("url")
          .stringValue();
      assertThat(url).startsWith("data:image/jpeg;base64,/9j/").hasSizeGreaterThan(4_000);
      assertThat(server.json("/api/system/health").get("components").get("analyst").get("status").stringValue())
          .isEqualTo("ok");
      assertThat(server.get("/metrics").body()).contains("porchlight_analyst_asked_seconds_count{result=\"answered\"}",
          "porchlight_analyst_tokens_total{kind=\"prompt\"} 321.0", "porchlight_analyst_score");
    }
  }

  @Test
  void whileTheModelHangsEventsAreLateByItsTimeoutAndDetectionsAreNotAndAllIsMadeUpForAfterwards() {
    model.then(_ -> never.await());
    try (var server = start("batch.fast-path=false");
        var plain = server.connect("/ws/events");
        var v1 = server.connect("/ws/events", "porchlight.v1")) {
      post(server, "first");
      JsonNode event = plain.next("new_event");

      assertThat(event.get("reasoning").stringValue()).contains("Judged by rules", "nemotron gave no verdict",
          "no answer within");
      post(server, "second");
      // Before the event of its batch, which waits for the model.
      assertThat(plain.next().get("type").stringValue()).isEqualTo("detection");
      JsonNode second = plain.next("new_event");

      model.instead().says(verdict(12, "Nothing to see."));
      never.countDown();

      // One of them may have been under way while the model hung.
      JsonNode update = update(v1);
      assertThat(update.get("risk_score").intValue()).isEqualTo(12);
      assertThat(List.of(update.get("id"), update(v1).get("id"))).containsExactlyInAnyOrder(event.get("id"),
          second.get("id"));
      await()
          .until(() -> server.json("/api/events/" + event.get("id").longValue() + "/analysis").get("again").isNull());
      post(server, "third");
      assertThat(plain.next().get("data").get("camera_id").stringValue()).as("nothing came before it")
          .isEqualTo("third");
    }
  }

  @Test
  void whatTheModelNeverGetsRightIsSetAsideWithTheWholeConversation() {
    model.says("I cannot help with that.");
    try (var server = start("batch.fast-path=false", "analyst.tries=2");
        var plain = server.connect("/ws/events")) {
      post(server, "front");
      String path = "/api/events/" + plain.next("new_event").get("id").longValue() + "/analysis";

      await()
          .until(() -> "set_aside".equals(server.json(path).get("again").asString("")));
      JsonNode analysis = server.json(path);
      assertThat(analysis.get("tries").intValue()).isEqualTo(2);
      assertThat(analysis.get("analyst").stringValue()).isEqualTo("rules");
      JsonNode last = analysis.get("analyses").get(analysis.get("analyses").size() - 1);
      assertThat(last.get("failure").stringValue()).contains("no JSON object");
      assertThat(last.get("exchanges")).hasSize(2);
      assertThat(last.get("exchanges").get(1).get("answer").stringValue()).isEqualTo("I cannot help with that.");
    }
  }

  private TestServer start(String... more) {
    String[] settings = {"analyst.url=" + model.uri(), "analyst.model=nemotron",
      "analyst.timeout=" + TIMEOUT.toSeconds()
          + "s",
      "analyst.retry-after=300ms", "batch.idle=1s"};
    String[] all = Arrays.copyOf(settings, settings.length + more.length);
    System.arraycopy(more, 0, all, settings.length, more.length);
    return TestServer.start(all);
  }

  private void post(TestServer server, String camera) {
    server.send("POST", "/api/cameras", "{\"camera_id\":\"" + camera + "\"}");
    // The same bytes again would be a duplicate; what follows the end of a JPEG is not looked at.
    byte[] bytes = Arrays.copyOf(photo, photo.length + ++pictures);
    var answer = server.post("/api/cameras/" + camera + "/frames?wait=true", bytes, "Content-Type", "image/jpeg",
        "Porchlight-Time", Instant.now().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode update(Client client) {
    JsonNode message = client.next();
    while (!message.get("type").stringValue().equals("event_updated")) {
      message = client.next();
    }
    return message.get("data");
  }

}
