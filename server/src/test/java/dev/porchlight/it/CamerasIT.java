package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What an owner does with cameras over REST, and what comes of it at once. Each answer is held against the document. */
class CamerasIT {
  private static final String SECRET = "s3cret";

  @TempDir
  private Path folder;

  @Test
  void aCameraIsMadeShownChangedAndDeleted() {
    try (var server = TestServer.start()) {
      var made = server.send("POST", "/api/cameras",
          "{\"name\":\"Front door\",\"source\":\"rtsp://admin:s3cret@192.0.2.7/main\",\"fps\":1,\"enabled\":false}");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      assertThat(made.headers().firstValue("Location")).hasValue("/api/cameras/front-door");
      assertThat(json(made).get("source").stringValue()).isEqualTo("rtsp://***@192.0.2.7/main");

      assertThat(server.send("POST", "/api/cameras", "{\"name\":\"Front door\"}").headers().firstValue("Location"))
          .hasValue("/api/cameras/front-door-2");
      assertThat(server.send("POST", "/api/cameras", "{\"camera_id\":\"front-door\"}").statusCode()).isEqualTo(409);

      var changed = server.send("PATCH", "/api/cameras/front-door",
          "{\"name\":\"Back door\",\"source\":\"rtsp://***@192.0.2.7/main\",\"areas\":[[[0,0],[1,0],[1,1]]]}");
      assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
      JsonNode one = server.json("/api/cameras/front-door");
      assertThat(one).isEqualTo(json(changed));
      assertThat(one.get("name").stringValue()).isEqualTo("Back door");
      assertThat(one.get("fps").intValue()).isEqualTo(1);
      assertThat(server.all("/api/cameras")).hasSize(2).contains(one);

      assertThat(server.send("DELETE", "/api/cameras/front-door", "").body()).contains("keep", "delete");
      assertThat(server.send("DELETE", "/api/cameras/front-door?history=keep", "").statusCode()).isEqualTo(204);
      assertThat(server.get("/api/cameras/front-door").statusCode()).isEqualTo(404);
      assertThat(server.send("PATCH", "/api/cameras/front-door", "{}").statusCode()).isEqualTo(404);
      assertThat(server.send("DELETE", "/api/cameras/front-door?history=keep", "").statusCode()).isEqualTo(404);
      assertThat(server.all("/api/cameras")).hasSize(1);
    }
  }

  @Test
  void everyMistakeIsToldAtOnceAndNoPasswordIs() {
    try (var server = TestServer.start()) {
      var answer = server.send("POST", "/api/cameras",
          "{\"camera_id\":\"a b\",\"source\":\"rtsp://u:s3cret/@host\",\"fps\":-1,\"colour\":1}");

      assertThat(answer.statusCode()).isEqualTo(422);
      assertThat(json(answer).get("errors").valueStream().map(it -> it.get("field").stringValue()))
          .containsExactlyInAnyOrder("camera_id", "source", "fps", "colour");
      assertThat(answer.body()).doesNotContain(SECRET);
      assertThat(server.all("/api/cameras")).isEmpty();
    }
  }

  @Test
  void aBodyThatIsNoneIsAnsweredWithWhy() {
    try (var server = TestServer.start()) {
      assertThat(server.send("POST", "/api/cameras", "{\"name\":\"x\",}").body()).contains("line 1, column");
      assertThat(server.send("POST", "/api/cameras", "{\"name\":\"s3cret\",\"name\":\"y\"}").body())
          .contains("twice")
          .doesNotContain(SECRET);
      assertThat(server.send("POST", "/api/cameras", "{\"name\":\"x\"} {}").statusCode()).isEqualTo(400);
      assertThat(server.send("POST", "/api/cameras", "[1]").statusCode()).isEqualTo(400);
      assertThat(server.send("POST", "/api/cameras", "").statusCode()).isEqualTo(422);
      assertThat(server.send("POST", "/api/cameras", "{\"name\":\"" + "x".repeat(70_000) + "\"}").statusCode())
          .isEqualTo(413);
      assertThat(server.post("/api/cameras", "{\"name\":\"x\"}".getBytes(StandardCharsets.UTF_8))
          .statusCode()).isEqualTo(415);
      assertThat(server.send("PUT", "/api/cameras/x", "{}").statusCode()).isEqualTo(405);
      assertThat(server.send("PATCH", "/api/cameras/x?y=1", "{}").statusCode()).isEqualTo(400);
      assertThat(server.all("/api/cameras")).isEmpty();
    }
  }

  @Test
  void aChangeFromAnotherOriginIsRefused() {
    try (var server = TestServer.start()) {
      for (String method : List.of("POST", "PATCH", "DELETE")) {
        try (var socket = RawSocket.connect(server.port())) {
          socket.send(method + " /api/cameras" + (method.equals("POST") ? "" : "/front?history=keep")
              + " HTTP/1.1\r\nHost: localhost\r\nOrigin: http://evil.example\r\nContent-Type: application/json\r\n"
              + "Content-Length: 12\r\nConnection: close\r\n\r\n{\"name\":\"x\"}");
          assertThat(socket.readHead()).startsWith("HTTP/1.1 403 ");
        }
      }
      assertThat(server.all("/api/cameras")).isEmpty();
    }
  }

  @Test
  void aBodyThatComesInPiecesWithoutALengthIsBoundedToo() {
    try (var server = TestServer.start(); var socket = RawSocket.connect(server.port())) {
      String head = """
                    POST /api/cameras HTTP/1.1
                    Host: localhost
                    Content-Type: application/json
                    Transfer-Encoding: chunked

                    """;
      socket.send(head.replace("\n", "\r\n"));
      String chunk = "4000\r\n" + " ".repeat(0x4000) + "\r\n";
      for (int i = 0; i < 5; i++) {
        socket.send(chunk);
      }

      assertThat(socket.readHead()).startsWith("HTTP/1.1 413 ");
    }
  }

  @Test
  void aDisabledCameraTakesNothingUntilItIsEnabled() throws IOException {
    byte[] photo = photo();
    try (var server = TestServer.start("ingest.debounce=50ms"); var events = server.connect("/ws/events")) {
      server.send("POST", "/api/cameras", "{\"camera_id\":\"front\",\"enabled\":false}");
      Files.write(server.camera("front").resolve("a.jpg"), photo);

      assertThat(server.post("/api/cameras/front/frames", photo).statusCode()).isEqualTo(409);
      // What came to another camera afterwards is looked at first.
      Files.write(server.camera("back").resolve("b.jpg"), photo);
      assertThat(events.next("detection").get("camera_id").stringValue()).isEqualTo("back");
      server.send("PATCH", "/api/cameras/front", "{\"enabled\":true}");

      assertThat(events.next("detection").get("camera_id").stringValue()).isEqualTo("front");
    }
  }

  @Test
  void whatStandsInAnAreaToIgnoreIsNeitherStoredNorTold() throws IOException {
    byte[] photo = photo();
    try (var server = TestServer.start(); var events = server.connect("/ws/events")) {
      server.send("POST", "/api/cameras",
          "{\"camera_id\":\"front\",\"areas\":[[[0,0],[1,0],[1,1],[0,1]]]}");

      var answer = server.post("/api/cameras/front/frames?wait=true", photo);

      assertThat(json(answer).get("detections")).isEmpty();
      assertThat(server.all("/api/detections")).isEmpty();
      assertThat(server.get("/metrics").body())
          .containsPattern("porchlight_detections_ignored_total\\{camera=\"front\"} [1-9]");
      server.send("PATCH", "/api/cameras/front", "{\"areas\":null}");
      assertThat(json(server.post("/api/cameras/front/frames?wait=true", photo)).get("detections")).isNotEmpty();
      assertThat(events.next("detection").get("camera_id").stringValue()).isEqualTo("front");
    }
  }

  @Test
  void theSnapshotIsTheLatestPictureThatIsStillThere() throws IOException {
    byte[] photo = photo();
    byte[] other = Files.readAllBytes(TestMedia.find("examples/data/sudoku.png"));
    try (var server = TestServer.start()) {
      assertThat(server.get("/api/cameras/front/snapshot").statusCode()).isEqualTo(404);
      server.send("POST", "/api/cameras", "{\"camera_id\":\"front\"}");
      assertThat(server.get("/api/cameras/front/snapshot").body()).contains("there is no picture");

      server.post("/api/cameras/front/frames?wait=true", photo, "Porchlight-Time", "2025-12-23T12:00:00.250Z");
      HttpResponse<byte[]> first = server.bytes("/api/cameras/front/snapshot");
      assertThat(first.headers().firstValue("Last-Modified")).hasValue("Tue, 23 Dec 2025 12:00:00 GMT");
      assertThat(server.bytes("/api/cameras/front/snapshot", "If-Modified-Since", "Tue, 23 Dec 2025 12:00:00 GMT")
          .statusCode()).isEqualTo(304);
      assertThat(first.body()).isEqualTo(photo);
      assertThat(first.headers().firstValue("Content-Type")).hasValue("image/jpeg");
      assertThat(first.headers().firstValue("Cache-Control")).hasValue("no-cache");
      String tag = first.headers().firstValue("ETag").orElseThrow();
      assertThat(server.bytes("/api/cameras/front/snapshot", "If-None-Match", tag).statusCode()).isEqualTo(304);

      server.post("/api/cameras/front/frames?wait=true", other);
      HttpResponse<byte[]> second = server.bytes("/api/cameras/front/snapshot", "If-None-Match", tag);
      assertThat(second.body()).isEqualTo(other);
      assertThat(second.headers().firstValue("Content-Type")).hasValue("image/png");

      Path stored = server.data()
          .resolve("uploads")
          .resolve("front");
      try (var files = Files.walk(stored)) {
        Path newest = files.filter(file -> file.toString().endsWith(".png")).findFirst().orElseThrow();
        Files.write(newest, new byte[(int) Files.size(newest)]);
      }
      assertThat(server.bytes("/api/cameras/front/snapshot").body()).isEqualTo(photo);
    }
  }

  @Test
  void aDeletedCameraStaysDeletedThoughItsFolderIsThereUntilAPictureIsPosted() throws IOException {
    byte[] photo = photo();
    try (var server = TestServer.startIn(folder.resolve("data"), "ingest.polling=true", "ingest.rescan=1s",
        "ingest.debounce=50ms"); var events = server.connect("/ws/events")) {
      Files.write(server.camera("front").resolve("a.jpg"), photo);
      await().until(() -> !server.all("/api/detections").isEmpty());

      assertThat(server.send("DELETE", "/api/cameras/front?history=keep", "").statusCode()).isEqualTo(204);
      Files.write(server.camera("front").resolve("b.png"),
          Files.readAllBytes(TestMedia.find("examples/data/basketball1.png")));
      events.next("detection");
      // Whoever goes through all folders and finds these has gone through that of the deleted camera too.
      for (String name : List.of("a.jpg", "b.jpg")) {
        Files.write(server.camera("other").resolve(name), Arrays.copyOf(photo, photo.length + name.charAt(0)));
        assertThat(events.next("detection").get("camera_id").stringValue()).isEqualTo("other");
      }
      assertThat(server.all("/api/cameras")).extracting(it -> it.get("camera_id").stringValue())
          .containsExactly("other");
      assertThat(server.all("/api/detections")).extracting(it -> it.get("camera_id").stringValue())
          .contains("front");
    }
    try (var server = TestServer.startIn(folder.resolve("data"), "ingest.rescan=1s", "ingest.debounce=50ms");
        var events = server.connect("/ws/events")) {
      Files.write(server.camera("other").resolve("c.jpg"), Arrays.copyOf(photo, photo.length + 1));
      assertThat(events.next("detection").get("camera_id").stringValue()).isEqualTo("other");
      assertThat(server.all("/api/cameras")).hasSize(1);

      assertThat(server.post("/api/cameras/front/frames", photo).statusCode()).isEqualTo(202);

      assertThat(server.all("/api/cameras")).hasSize(2);
      await()
          .until(() -> server.all("/api/detections")
              .stream()
              .anyMatch(it -> it.get("file_path").stringValue().endsWith("b.png")));
    }
  }

  @Test
  void aHistoryThatIsDeletedGoesWithOurCopiesAndNotWithTheOwnersFiles() throws IOException {
    byte[] photo = photo();
    try (var server = TestServer.start("batch.idle=500ms", "ingest.debounce=50ms");
        var system = server.connect("/ws/system")) {
      Path own = Files.write(server.camera("front").resolve("a.jpg"), photo);
      assertThat(server.post("/api/cameras/front/frames?wait=true", photo).statusCode()).isEqualTo(200);
      assertThat(server.post("/api/cameras/other/frames?wait=true", photo).statusCode()).isEqualTo(200);
      assertThat(server.data().resolve("uploads/front")).exists();

      assertThat(server.send("DELETE", "/api/cameras/front?history=delete", "").statusCode()).isEqualTo(204);

      await().until(() -> Files.notExists(server.data().resolve("uploads/front")));
      assertThat(own).hasBinaryContent(photo);
      assertThat(server.data().resolve("uploads/other")).exists();
      assertThat(server.all("/api/detections")).isNotEmpty()
          .allSatisfy(it -> assertThat(it.get("camera_id").stringValue()).isEqualTo("other"));
      await()
          .until(() -> server.all("/api/events")
              .stream()
              .noneMatch(it -> it.get("camera_id").stringValue().equals("front")));
      JsonNode gone = system.next("camera_status");
      while (!gone.get("status").stringValue().equals("offline")) {
        gone = system.next("camera_status");
      }
      assertThat(gone.get("camera_id").stringValue()).isEqualTo("front");
      await()
          .until(() -> server.send("POST", "/api/cameras", "{\"camera_id\":\"front\"}").statusCode() == 201);
    }
  }

  @Test
  void aSourceIsTriedOnlyWhereThereIsOne() {
    try (var server = TestServer.start()) {
      server.send("POST", "/api/cameras", "{\"camera_id\":\"front\",\"enabled\":false}");

      assertThat(server.send("POST", "/api/cameras/front/test", "").statusCode()).isEqualTo(409);
      assertThat(server.send("POST", "/api/cameras/nobody/test", "").statusCode()).isEqualTo(404);
      assertThat(server.send("POST", "/api/cameras/front/test", "{\"source\":\"pipe:0\"}").statusCode())
          .isEqualTo(422);
      var tried = server.send("POST", "/api/cameras/front/test", "{\"source\":\"rtsp://u:s3cret@127.0.0.1:1/\"}");
      assertThat(tried.statusCode()).isEqualTo(200);
      assertThat(json(tried).get("ok").booleanValue()).isFalse();
      assertThat(tried.body()).doesNotContain(SECRET);
    }
  }

  @Test
  void theHealthSaysHowTheQueueIs() {
    try (var server = TestServer.start()) {
      JsonNode queue = server.json("/api/system/health").get("components").get("queue");

      assertThat(queue.get("status").stringValue()).isEqualTo("ok");
      assertThat(queue.get("detail").stringValue()).contains("0 waiting", "0 of streams dropped");
      assertThat(server.get("/metrics").body()).contains("porchlight_queue_depth", "porchlight_queue_oldest_seconds");
    }
  }

  private static byte[] photo() throws IOException {
    return Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
  }

  private static JsonNode json(HttpResponse<String> answer) {
    return Client.JSON.readTree(answer.body());
  }
}
