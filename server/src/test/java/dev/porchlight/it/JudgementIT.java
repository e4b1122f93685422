package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** How events come to be judged, what people say of them, and who hears of it. */
class JudgementIT {
  private static final String V1 = "porchlight.v1";
  private final Instant taken = Instant.now().minusSeconds(6_000).truncatedTo(ChronoUnit.SECONDS);
  private TestServer server;
  private int pictures;

  @BeforeEach
  void start() {
    // No batch ends by itself: a test says when.
    server = TestServer.start("batch.idle=10m");
    assertThat(server.send("POST", "/api/cameras", "{\"camera_id\":\"front\"}").statusCode()).isEqualTo(201);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  /** The photo shows a person with a confidence of 0.97. */
  @Test
  void aPersonSeenClearlyIsToldAtOnceAndTheEndOfTheVisitUpdatesTheSameEvent() throws IOException {
    try (var plain = server.connect("/ws/events"); var v1 = server.connect("/ws/events", V1)) {
      post(taken);
      JsonNode early = plain.next("new_event");
      assertThat(Client.time(early, "ended_at")).isEqualTo(taken);
      post(taken.plusSeconds(1));
      assertThat(server.all("/api/events")).hasSize(1);
      endBatch();

      JsonNode update = next(v1, "event_updated");
      assertThat(update.get("id")).isEqualTo(early.get("id"));
      assertThat(Client.time(update, "started_at")).isEqualTo(taken);
      assertThat(Client.time(update, "ended_at")).isEqualTo(taken.plusSeconds(1));
      assertThat(update.get("reviewed").booleanValue()).isFalse();
      assertThat(update.get("verdict").isNull()).isTrue();

      assertThat(server.all("/api/events")).hasSize(1);
      post(taken.plusSeconds(2_000));
      plain.next("detection");
      // Between the two there was nothing: a plain client is told of an event once.
      plain.next("detection");
      assertThat(plain.next("new_event").get("id")).isNotEqualTo(early.get("id"));
    }
  }

  @Test
  void whatAPersonSaysOfAnEventIsKeptAndToldToV1Alone() throws IOException {
    try (var plain = server.connect("/ws/events");
        var v1 = server.connect("/ws/events", V1);
        var stream = SseClient.open(server.port(), "/api/stream/events?types=event_updated")) {
      stream.next();
      post(taken);
      String event = "/api/events/" + plain.next("new_event").get("id").longValue();
      endBatch();
      await().until(() -> server.json(event + "/analysis").get("analyses").size() == 2);
      next(v1, "event_updated");
      assertThat(stream.next().type()).isEqualTo("event_updated");

      var answer = server.send("PATCH", event, "{\"verdict\":\"false_alarm\",\"notes\":\"my cat \uD83D\uDC08\"}");

      assertThat(answer.statusCode()).isEqualTo(200);
      JsonNode update = next(v1, "event_updated");
      assertThat(update.get("verdict").stringValue()).isEqualTo("false_alarm");
      assertThat(update.get("reviewed").booleanValue()).isTrue();
      assertThat(stream.next().data().get("verdict").stringValue()).isEqualTo("false_alarm");
      JsonNode stored = server.json(event);
      assertThat(stored.get("reviewed").booleanValue()).isTrue();
      assertThat(stored.get("notes").stringValue()).isEqualTo("my cat \uD83D\uDC08");
      assertThat(server.send("PATCH", event, "{\"verdict\":null,\"reviewed\":false}").statusCode()).isEqualTo(200);
      assertThat(next(v1, "event_updated").get("verdict").isNull()).isTrue();
      post(taken.plusSeconds(2_000));
      assertThat(plain.next().get("type").stringValue()).as("nothing came before it").isEqualTo("detection");
      assertThat(server.json(event).get("notes").stringValue()).isEqualTo("my cat \uD83D\uDC08");
    }
  }

  @Test
  void aReviewThatSaysNothingSensibleIsRefusedWithEveryMistake() throws IOException {
    String event = judged();

    var answer = server.send("PATCH", event, "{\"verdict\":\"wrong\",\"notes\":7,\"risk_score\":1}");

    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).contains("right, false_alarm, missed", "notes", "risk_score");
    assertThat(server.send("PATCH", event, "[]").statusCode()).isEqualTo(400);
    assertThat(server.send("PATCH", "/api/events/4711", "{}").statusCode()).isEqualTo(404);
    assertThat(server.send("PATCH", "/api/events/x", "{}").statusCode()).isEqualTo(400);
    assertThat(server.json(event).get("reviewed").booleanValue()).isFalse();
  }

  @Test
  void howAnEventWasJudgedCanBeLookedAtAndDoneAgain() throws IOException {
    String event = judged();
    endBatch();
    await().until(() -> server.json(event + "/analysis").get("analyses").size() == 2);

    JsonNode analysis = server.json(event + "/analysis");
    assertThat(analysis.get("analyst").stringValue()).isEqualTo("rules");
    assertThat(analysis.get("again").isNull()).isTrue();
    assertThat(analysis.get("visits").get(0).get("object_type").stringValue()).isEqualTo("person");

    var dry = server.send("POST", event + "/analysis", "{\"dry_run\":true}");
    assertThat(dry.statusCode()).isEqualTo(200);
    assertThat(Client.JSON.readTree(dry.body()).get("stored").booleanValue()).isFalse();
    assertThat(server.json(event + "/analysis").get("analyses")).hasSize(2);

    assertThat(server.send("POST", event + "/analysis", "").statusCode()).isEqualTo(200);
    assertThat(server.json(event + "/analysis").get("analyses")).hasSize(3);
    assertThat(server.send("POST", event + "/analysis", "{\"dry\":true}").statusCode()).isEqualTo(422);
    assertThat(server.send("POST", "/api/events/4711/analysis", "{}").statusCode()).isEqualTo(404);
    assertThat(server.get("/api/events/4711/analysis").statusCode()).isEqualTo(404);
  }

  @Test
  void whatPeopleSayOfACamerasSceneIsKept() {
    var answer = server.send("PATCH", "/api/cameras/front",
        "{\"place\":\" above the door \",\"scene\":\"entrance\",\"normal\":\"The postman comes at noon.\"}");

    assertThat(answer.statusCode()).isEqualTo(200);
    JsonNode camera = server.json("/api/cameras/front");
    assertThat(camera.get("place").stringValue()).isEqualTo("above the door");
    assertThat(camera.get("scene").stringValue()).isEqualTo("entrance");
    assertThat(camera.get("normal").stringValue()).isEqualTo("The postman comes at noon.");
    assertThat(server.send("PATCH", "/api/cameras/front", "{\"scene\":\"moon\"}").body())
        .contains("street, driveway, entrance, garden, indoors");
    assertThat(server.send("PATCH", "/api/cameras/front", "{\"place\":null,\"scene\":null}").statusCode())
        .isEqualTo(200);
    assertThat(server.json("/api/cameras/front").get("scene").isNull()).isTrue();
  }

  /** The path of an event that has been judged. */
  private String judged() throws IOException {
    try (var events = server.connect("/ws/events")) {
      post(taken);
      return "/api/events/" + events.next("new_event").get("id").longValue();
    }
  }

  /** By the time of a picture in which nothing is found. */
  private void endBatch() {
    post(MadePictures.jpeg(MadePictures.noise(64, 48)), taken.plusSeconds(1_000));
  }

  private void post(Instant at) throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    // The same bytes again would be a duplicate; what follows the end of a JPEG is not looked at.
    post(Arrays.copyOf(photo, photo.length + ++pictures), at);
  }

  private void post(byte[] picture, Instant at) {
    var answer = server.post("/api/cameras/front/frames?wait=true", picture, "Content-Type", "image/jpeg",
        "Porchlight-Time", at.toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }

  private static JsonNode next(Client client, String type) {
    JsonNode message = client.next();
    while (!message.get("type").stringValue().equals(type)) {
      message = client.next();
    }
    return message.get("data");
  }
}
