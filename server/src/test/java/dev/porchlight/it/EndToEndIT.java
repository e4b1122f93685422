package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** From a picture on disk to the frames that a client received. */
class EndToEndIT {
  private static final Set<String> DETECTION_FIELDS = Set.of("id", "camera_id", "object_type", "confidence",
      "detected_at", "bbox_x", "bbox_y", "bbox_width", "bbox_height");

  @TempDir
  private Path folder;

  @Test
  void aPhotoInACamerasFolderReachesTheClients() throws IOException {
    Path photo = TestMedia.find("examples/data/messi5.jpg");
    try (var server = TestServer.start("batch.idle=1s");
        var events = server.connect("/ws/events");
        var system = server.connect("/ws/system")) {
      Instant taken = Instant.now().minus(Duration.ofMinutes(10)).truncatedTo(ChronoUnit.MILLIS);
      drop(photo, server.camera("front").resolve("visit.jpg"), taken);

      JsonNode detection = events.next("detection");
      assertThat(new HashSet<>(detection.propertyNames())).isEqualTo(DETECTION_FIELDS);
      assertThat(detection.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(detection.get("object_type").stringValue()).isEqualTo("person");
      assertThat(detection.get("confidence").doubleValue()).isBetween(0.5, 1.0);
      assertThat(Client.time(detection, "detected_at")).isEqualTo(taken);
      assertThat(detection.get("bbox_x").intValue() + detection.get("bbox_width").intValue()).isLessThanOrEqualTo(548);
      assertThat(detection.get("bbox_y").intValue() + detection.get("bbox_height").intValue()).isLessThanOrEqualTo(342);

      JsonNode status = system.next("camera_status");
      assertThat(status.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(status.get("status").stringValue()).isEqualTo("online");

      JsonNode event = events.next("new_event");
      assertThat(event.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(Client.time(event, "started_at")).isEqualTo(taken);
      assertThat(Client.time(event, "ended_at")).isEqualTo(taken);
      assertThat(event.get("summary").stringValue()).contains("person at front");
      assertThat(event.get("reasoning").stringValue()).contains("no language model was asked");
      assertThat(levelOf(event.get("risk_score").intValue())).isEqualTo(event.get("risk_level").stringValue());

      // What a client saw can be fetched again.
      JsonNode stored = server.json("/api/events/" + event.get("id").longValue());
      event.propertyNames().forEach(field -> assertThat(stored.get(field)).isEqualTo(event.get(field)));
      assertThat(server.all("/api/detections")).anySatisfy(item -> {
        assertThat(item.get("id")).isEqualTo(detection.get("id"));
        assertThat(item.get("file_path").stringValue()).isEqualTo("cameras/front/visit.jpg");
      });
      assertThat(server.json("/api/cameras").get("items").get(0).get("status").stringValue()).isEqualTo("online");
    }
  }

  @Test
  void aStreetMakesOneBatchAndOneEvent() throws IOException {
    List<Path> street = Street.frames(folder, 30);
    try (var server = TestServer.start("batch.idle=3s"); var events = server.connect("/ws/events")) {
      Instant start = Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
      for (int i = 0; i < street.size(); i++) {
        drop(street.get(i), server.camera("street").resolve("frame-" + i + ".jpg"), start.plusSeconds(i));
      }

      var detections = new ArrayList<JsonNode>();
      JsonNode message = events.next();
      while (message.get("type").stringValue().equals("detection")) {
        detections.add(message.get("data"));
        message = events.next();
      }

      assertThat(message.get("type").stringValue()).isEqualTo("new_event");
      assertThat(detections).filteredOn(d -> d.get("object_type").stringValue().equals("person"))
          .hasSizeGreaterThan(street.size() / 2);
      List<Instant> times = detections.stream().map(d -> Client.time(d, "detected_at")).toList();
      assertThat(times).isSorted();
      JsonNode event = message.get("data");
      assertThat(Client.time(event, "started_at")).isEqualTo(times.getFirst());
      assertThat(Client.time(event, "ended_at")).isEqualTo(times.getLast());
      assertThat(event.get("summary").stringValue()).contains("person");
      assertThat(server.all("/api/detections")).hasSameSizeAs(detections)
          .allSatisfy(
              d -> assertThat(d.get("batch_id")).isEqualTo(server.all("/api/events").getFirst().get("batch_id")));
      assertThat(server.all("/api/events")).hasSize(1);
    }
  }

  @Test
  void aPostedPhotoIsAnsweredWithWhatIsInIt() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var server = TestServer.start(); var events = server.connect("/ws/events")) {
      var answer = server.post("/api/cameras/porch/frames?wait=true", photo, "Porchlight-Time",
          "2025-12-23T12:00:00.25");

      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      JsonNode body = Client.JSON.readTree(answer.body());
      JsonNode detection = body.get("detections").get(0);
      assertThat(detection.get("object_type").stringValue()).isEqualTo("person");
      assertThat(detection.get("detected_at").stringValue()).isEqualTo("2025-12-23T12:00:00.250Z");
      assertThat(detection.get("frame_id")).isEqualTo(body.get("frame_id"));
      assertThat(server.data().resolve(detection.get("file_path").stringValue())).hasBinaryContent(photo);
      assertThat(events.next("detection").get("id")).isEqualTo(detection.get("id"));

      var again = server.post("/api/cameras/porch/frames", photo);
      assertThat(again.statusCode()).isEqualTo(202);
      JsonNode taken = Client.JSON.readTree(again.body());
      assertThat(taken.propertyNames()).containsExactly("frame_id");
      assertThat(taken.get("frame_id").longValue()).isGreaterThan(body.get("frame_id").longValue());
      events.next("detection");
    }
  }

  @Test
  void aStopInTheMiddleOfABatchLosesNothingAndItsEventComesAfterTheRestart() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var server = TestServer.startIn(folder, "batch.idle=1h")) {
      assertThat(server.post("/api/cameras/porch/frames?wait=true", photo).statusCode()).isEqualTo(200);
      assertThat(server.all("/api/events")).isEmpty();
    }
    try (var server = TestServer.startIn(folder, "batch.idle=1s")) {
      await().atMost(Duration.ofSeconds(30)).until(() -> server.all("/api/events").size() == 1);
    }
  }

  private static void drop(Path picture, Path target, Instant modified) throws IOException {
    Path copy = Files.copy(picture, target.resolveSibling(target.getFileName() + ".part"),
        StandardCopyOption.REPLACE_EXISTING);
    Files.setLastModifiedTime(copy, FileTime.from(modified));
    Files.move(copy, target, StandardCopyOption.ATOMIC_MOVE);
  }

  private static String levelOf(int score) {
    return Stream.of("critical", "high", "medium").filter(level -> score >= switch (level) {
      case "critical" -> 85;
      case "high" -> 60;
      default -> 30;
    }).findFirst().orElse("low");
  }
}
