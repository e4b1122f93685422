package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.risk.StubModelServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static dev.porchlight.risk.StubModelServer.verdict;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * An event that is told low, since somebody is there, and is high at the end: everybody hears of that who wants to. Seen
 * to fail when a rise is an {@code event_updated} for all clients with numbers, and when the journal forgets one of the
 * two texts.
 */
class RisingEventIT {
  private static final String V1 = "porchlight.v1";
  private static final String GRAVE = "/ws/events?min_risk=60";
  private static final String GRAVE_EVENTS = GRAVE + "&types=new_event";

  private final StubModelServer model = new StubModelServer();
  @TempDir
  private Path data;

  @AfterEach
  void close() {
    model.close();
  }

  @Test
  void aRiseReachesPlainClientsAndThoseWhoWantOnlyWhatIsGraveAlsoAfterARestart() throws IOException {
    model.says(verdict(20, "Somebody is there.")).says(verdict(70, "Somebody tries the door."));
    String epoch;
    List<String> graveTexts;
    List<SseClient.Event> graveEvents;
    try (var server = start();
        var plain = server.connect("/ws/events?types=new_event");
        var gravePlain = server.connect(GRAVE_EVENTS);
        var all = server.connect("/ws/events", V1);
        var grave = server.connect(GRAVE, V1);
        var stream = SseClient.open(server.port(), "/api/stream/events?min_risk=60")) {
      epoch = all.next("hello").get("epoch").stringValue();
      grave.next("hello");
      stream.next();

      postAPerson(server);

      assertThat(plain.next("new_event").get("risk_score").intValue()).isEqualTo(20);
      JsonNode risen = plain.next("new_event");
      assertThat(risen.get("risk_score").intValue()).isEqualTo(70);
      assertThat(risen.get("risk_level").stringValue()).isEqualTo("high");
      assertThat(gravePlain.next())
          .isEqualTo(Client.JSON.createObjectNode().put("type", "new_event").set("data", risen));

      assertThat(all.next("new_event").get("risk_score").intValue()).isEqualTo(20);
      JsonNode updated = all.next("event_updated");
      assertThat(updated.get("id")).isEqualTo(risen.get("id"));
      assertThat(updated.get("risk_score").intValue()).isEqualTo(70);

      graveTexts = upToTheEvent(grave);
      assertThat(Client.JSON.readTree(graveTexts.getLast()).get("data")).isEqualTo(risen);
      graveEvents = upToTheEvent(stream);
      assertThat(graveEvents.getLast().data()).isEqualTo(risen);
      assertThat(gravePlain.rest()).isEmpty();
      // Read back by somebody who was not there, from what the channel remembers.
      assertResumed(server, epoch, graveTexts, graveEvents);
    }

    try (var server = start()) {
      assertResumed(server, epoch, graveTexts, graveEvents);
    }
    // With next to nothing in memory, what was missed is read from the journal.
    try (var server = start("live.events.history-messages=1")) {
      assertResumed(server, epoch, graveTexts, graveEvents);
      try (var all = server.connect("/ws/events?epoch=" + epoch + "&since=0", V1)) {
        assertThat(all.next("new_event").get("risk_score").intValue()).isEqualTo(20);
        assertThat(all.next("event_updated").get("risk_score").intValue()).isEqualTo(70);
      }
    }
  }

  private static void assertResumed(TestServer server, String epoch, List<String> texts, List<SseClient.Event> events) {
    String since = "&epoch=" + epoch + "&since=0";
    try (var client = server.connect(GRAVE + since, V1);
        var stream = SseClient.open(server.port(), "/api/stream/events?min_risk=60" + since)) {
      client.next("hello");
      assertThat(client.next("resumed").get("recovered").booleanValue()).isTrue();
      assertThat(upToTheEvent(client)).isEqualTo(texts);
      assertThat(stream.next().type()).isEqualTo("hello");
      assertThat(stream.next().data().get("recovered").booleanValue()).isTrue();
      assertThat(upToTheEvent(stream)).isEqualTo(events);
    }
  }

  /** The detections, and the one event. */
  private static List<String> upToTheEvent(Client client) {
    var texts = new ArrayList<String>();
    do {
      texts.add(client.nextText());
    } while (texts.getLast().contains("\"type\":\"detection\""));
    assertThat(texts.getLast()).contains("\"type\":\"new_event\"");
    return texts;
  }

  private static List<SseClient.Event> upToTheEvent(SseClient stream) {
    var events = new ArrayList<SseClient.Event>();
    do {
      events.add(stream.next());
    } while (events.getLast().type().equals("detection"));
    assertThat(events.getLast().type()).isEqualTo("new_event");
    return events;
  }

  private TestServer start(String... more) {
    return TestServer.startIn(data,
        Stream
            .concat(
                Stream.of("analyst.url=" + model.uri(), "analyst.model=nemotron", "batch.idle=2s", "gpu.interval=1h"),
                Stream.of(more))
            .toArray(String[]::new));
  }

  /** The photo shows a person with a confidence of 0.97: told at once. */
  private static void postAPerson(TestServer server) throws IOException {
    assertThat(server.send("POST", "/api/cameras", "{\"camera_id\":\"front\"}").statusCode()).isEqualTo(201);
    var answer = server.post("/api/cameras/front/frames?wait=true",
        Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg")), "Content-Type", "image/jpeg", "Porchlight-Time",
        Instant.now().toString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
  }
}
