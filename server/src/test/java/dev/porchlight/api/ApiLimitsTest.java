package dev.porchlight.api;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.CameraSource;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.DetectionPicture;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.RenderedPicture;
import dev.porchlight.domain.SourceCheck;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.domain.Submission;
import dev.porchlight.http.RestServer;
import dev.porchlight.http.Routes;
import dev.porchlight.it.RawSocket;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The limits of single endpoints, each tested by one request more. */
class ApiLimitsTest {
  private static final Instant NOON = Instant.parse("2025-12-23T12:00:00Z");
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir
  private Path folder;

  /** Seen to fail when every upload may wait. */
  @Test
  void oneUploadTooManyThatWaitsIsAnsweredAtOnceAndItsPictureIsTaken() throws Exception {
    var outcome = new CompletableFuture<FrameOutcome>();
    var frame = new Frame(7, "porch", FrameSource.HTTP, folder.resolve("a.jpg"), 1, "00", NOON, NOON, 0);
    var upload = new FrameUpload((_, _, _) -> new Submission.Accepted(frame, outcome), _ -> false);
    var routes = new Routes().upload("/api/cameras/:id/frames", Files.createDirectory(folder.resolve("in")), 10,
        upload);
    try (var server = RestServer.start(routes); var http = HttpClient.newHttpClient()) {
      var request = HttpRequest
          .newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/cameras/porch/frames?wait=true"))
          .POST(HttpRequest.BodyPublishers.ofString("x"))
          .build();
      var answers = new ArrayList<CompletableFuture<HttpResponse<String>>>();
      for (int i = 0; i < FrameUpload.MOST_WAITING + 1; i++) {
        answers.add(http.sendAsync(request, HttpResponse.BodyHandlers.ofString()));
      }
      await().atMost(SOON).until(() -> answers.stream().anyMatch(CompletableFuture::isDone));

      outcome.complete(new FrameOutcome(FrameState.DONE, "", List.of()));

      List<Integer> statuses = answers.stream().map(answer -> answer.join().statusCode()).sorted().toList();
      assertThat(statuses.subList(0, FrameUpload.MOST_WAITING)).containsOnly(200);
      assertThat(statuses.getLast()).isEqualTo(202);
    }
  }

  @Test
  void oneSourceTooManyThatIsTriedIsToldToComeAgain() throws Exception {
    var entered = new Semaphore(0);
    var leave = new CountDownLatch(1);
    try (var data = DataFolder.open(folder.resolve("data"));
        var database = SqliteDatabase.open(data, Clock.systemUTC())) {
      var cameras = new JdbcCameraStore(database);
      assertThat(cameras.create(Camera.made("porch", "Porch",
          CameraSettings.STANDARD.withSource(CameraSource.parse("rtsp://192.0.2.7/")), NOON))).isTrue();
      var endpoints = new CameraEndpoints(cameras, _ -> {
        entered.release();
        assertThat(leave.await(60, TimeUnit.SECONDS)).isTrue();
        return new SourceCheck.Failed("no", Duration.ZERO);
      }, () -> NOON);
      String test = "POST /api/cameras/porch/test HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
      try (var server = RestServer.start(new Routes().post("/api/cameras/:id/test", Api.changing(endpoints::test)));
          RawSocket first = server.ask(test);
          RawSocket second = server.ask(test)) {
        assertThat(entered.tryAcquire(2, 60, TimeUnit.SECONDS)).isTrue();

        try (RawSocket third = server.ask(test)) {
          assertBusy(third.readHead(), 5);
        }

        leave.countDown();
        assertThat(first.readHead()).startsWith("HTTP/1.1 200 ");
        assertThat(second.readHead()).startsWith("HTTP/1.1 200 ");
      }
    }
  }

  @Test
  void onePictureTooManyToBeDrawnIsToldToComeAgain() throws Exception {
    var detection = new StoredDetection(new Detection(1, "porch", "person", 0.9, NOON, 0, 0, 1, 1), 1, 1, "a.jpg");
    var pictures = new DetectionPictures(_ -> Optional.of(new DetectionPicture(detection, List.of(), 1, "00")),
        new MediaFolder(folder), (_, _, _) -> new RenderedPicture.Busy(Duration.ofSeconds(2)));
    try (var server = RestServer.start(new Routes().get("/api/detections/:id/thumbnail", pictures::thumbnail))) {
      assertBusy(server.headOf("/api/detections/1/thumbnail"), 2);
    }
  }

  private static void assertBusy(String head, int seconds) {
    assertThat(head).startsWith("HTTP/1.1 503 ");
    assertThat(head.toLowerCase(Locale.ROOT)).contains("retry-after: " + seconds + "\r\n");
  }
}
