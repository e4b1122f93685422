package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
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
      assertThat(detection.get("confidence").doubleValue()).isCloseTo(0.9655, within(0.002));
      assertThat(Client.time(detection, "detected_at")).isEqualTo(taken);
      // Another processor may round the last bit otherwise, and a box by a pixel.
      assertThat(Stream.of("bbox_x", "bbox_y", "bbox_width", "bbox_height").map(f -> detection.get(f).intValue()))
          .zipSatisfy(List.of(62, 64, 382, 271), (found, expected) -> assertThat(found).isCloseTo(expected, within(1)));

      JsonNode status = system.next("camera_status");
      assertThat(status.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(status.get("status").stringValue()).isEqualTo("online");

      JsonNode event = events.next("new_event");
      assertThat(event.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(Client.time(event, "started_at")).isEqualTo(taken);
      assertThat(Client.time(event, "ended_at")).isEqualTo(taken);
      assertThat(event.get("summary").stringValue()).contains("person at front");
      assertThat(event.get("reasoning").stringValue()).contains("Judged by rules", "+30 a person is there");
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
    try (var server = TestServer.start("batch.fast-path=false");
        var events = server.connect("/ws/events")) {
      Instant start = Instant.now().minus(Duration.ofMinutes(5)).truncatedTo(ChronoUnit.SECONDS);
      for (int i = 0; i < street.size(); i++) {
        drop(street.get(i), server.camera("street").resolve("frame-" + i + ".jpg"), start.plusSeconds(i));
      }
      // In which nothing is found: it ends the batch by its time, however long the pictures before it take.
      Path empty = Files.write(folder.resolve("empty.jpg"), MadePictures.jpeg(MadePictures.noise(64, 48)));
      drop(empty, server.camera("street").resolve("empty.jpg"), start.plusSeconds(street.size() + 60));

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
      // Whoever crosses the square is one visit, not one for each picture.
      JsonNode visits = server.json("/api/events/" + event.get("id").longValue() + "/analysis").get("visits");
      System.out.println("the street: " + detections.size() + " detections of " + visits.size() + " visits");
      assertThat(visits.size()).isBetween(2, detections.size() / 3);
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
  void theSamePictureTwiceInAFolderIsLookedAtOnceAndPostedTwiceIsLookedAtTwice() throws IOException {
    Path photo = TestMedia.find("examples/data/messi5.jpg");
    try (var server = TestServer.start()) {
      Path camera = server.camera("front");
      for (String name : List.of("a.jpg", "b.jpg", "c.png")) {
        drop(photo, camera.resolve(name), Instant.now());
      }
      await()
          .untilAsserted(() -> assertThat(server.get("/metrics").body())
              .contains("porchlight_pictures_duplicate_total 2.0"));
      assertThat(server.all("/api/detections")).hasSize(1);

      byte[] bytes = Files.readAllBytes(photo);
      assertThat(server.post("/api/cameras/front/frames?wait=true", bytes).statusCode()).isEqualTo(200);
      assertThat(server.post("/api/cameras/front/frames?wait=true", bytes).statusCode()).isEqualTo(200);
      assertThat(server.all("/api/detections")).hasSize(3);
    }
  }

  @Test
  void aCameraThatSendsFasterThanItsPicturesAreLookedAtIsToldToComeAgain() throws Exception {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    var looksAgain = new CountDownLatch(1);
    try (var detector = new BlockedDetector(looksAgain);
        var server = TestServer.start("detection.url=" + detector.uri(), "detection.timeout=2m");
        var senders = Executors.newVirtualThreadPerTaskExecutor()) {
      Callable<HttpResponse<String>> post = () -> server.post("/api/cameras/flood/frames", photo);
      var answers = senders.invokeAll(Collections.nCopies(600, post));

      var accepted = new ArrayList<Long>();
      boolean refused = false;
      for (var answer : answers) {
        if (answer.get().statusCode() == 429) {
          assertThat(answer.get().headers().firstValue("retry-after")).hasValue("1");
          refused = true;
        } else if (answer.get().statusCode() == 503) {
          assertThat(answer.get().headers().firstValue("retry-after")).isPresent();
        } else {
          assertThat(answer.get().statusCode()).isEqualTo(202);
          accepted.add(Client.JSON.readTree(answer.get().body()).get("frame_id").longValue());
        }
      }

      assertThat(refused).isTrue();
      looksAgain.countDown();
      await()
          .untilAsserted(() -> assertThat(server.all("/api/detections"))
              .extracting(d -> d.get("frame_id").longValue())
              .containsExactlyInAnyOrderElementsOf(accepted));
      // What was refused is not kept, at whichever point it was refused.
      await().untilAsserted(() -> assertThat(server.data().resolve("uploads/.incoming")).isEmptyDirectory());
    }
  }

  @Test
  void aStopInTheMiddleOfABatchLosesNothingAndItsEventComesAfterTheRestart() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var server = TestServer.startIn(folder, "batch.idle=1h", "batch.fast-path=false")) {
      assertThat(server.post("/api/cameras/porch/frames?wait=true", photo).statusCode()).isEqualTo(200);
      assertThat(server.all("/api/events")).isEmpty();
    }
    try (var server = TestServer.startIn(folder, "batch.idle=1s")) {
      await().until(() -> server.all("/api/events").size() == 1);
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
