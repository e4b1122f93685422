package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** Pictures as camera firmware and {@code curl -F} send them, and forms that are broken in every way. */
class FormUploadIT {
  private static final String PATH = "/api/cameras/porch/frames";
  private static final byte[] PICTURE = MadePictures.jpeg(MadePictures.noise(320, 240));

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @AfterEach
  void nothingIsLeftWhereBodiesComeIn() {
    await().untilAsserted(() -> assertThat(server.data().resolve("uploads/.incoming")).isEmptyDirectory());
  }

  @Test
  void aPhotoInAFormIsAnsweredWithWhatIsInIt() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));

    var answer = post(PATH + "?wait=true", new Form().field("camera", "1")
        .file("imageFile", "../../etc/esp32-cam.jpg", "image/jpeg", photo)
        .field("token", "x".repeat(1_000))
        .whole());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode detection = Client.JSON.readTree(answer.body()).get("detections").get(0);
    assertThat(detection.get("object_type").stringValue()).isEqualTo("person");
    assertThat(server.data().resolve(detection.get("file_path").stringValue())).hasBinaryContent(photo);
    assertThat(detection.get("file_path").stringValue()).startsWith("uploads/porch/");
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "image", "snapshot", "picture[]", "ü"})
  void thePartMayBeCalledAsItLikes(String name) {
    assertThat(post(PATH, new Form().file(name, "a.jpg", "application/octet-stream", PICTURE).whole()).statusCode())
        .isEqualTo(202);
  }

  /** Some makers send what happened as XML beside the picture. */
  @Test
  void otherFilesThanThePictureAreReadOver() {
    var answer = post(PATH, new Form()
        .file("MoveDetection.xml", "MoveDetection.xml", "application/xml", new byte[20_000])
        .file("snap", "snap.jpg", "image/jpeg", PICTURE)
        .file("log", "log.txt", "text/plain", new byte[20_000])
        .whole());

    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
  }

  @Test
  void aFormThatIsBrokenIsToldHow() {
    assertProblem(post(PATH, new Form().field("a", "b").whole()), 400, "no picture");
    assertProblem(post(PATH, new Form().whole()), 400, "");
    assertProblem(post(PATH, new Form().file("a", "a.jpg", "image/jpeg", PICTURE)
        .file("b", "b.jpg", "image/jpeg", PICTURE)
        .whole()), 400, "more than one picture");
    assertProblem(post(PATH, new Form().file("a", "a.jpg", "image/jpeg", "text".getBytes(StandardCharsets.UTF_8))
        .whole()), 415, "");
    assertProblem(post(PATH, new Form().file("a", "a.jpg", "image/jpeg", Arrays.copyOf(PICTURE, 5_000)).whole()), 422,
        "");
    assertProblem(server.post(PATH, new Form().file("a", "a.jpg", "image/jpeg", PICTURE).whole(), "Content-Type",
        "multipart/form-data"), 400, "boundary");
    assertProblem(server.post(PATH, new Form().file("a", "a.jpg", "image/jpeg", PICTURE).whole(), "Content-Type",
        "multipart/form-data; boundary=another"), 400, "");
    assertProblem(post(PATH, new Form().field("big", "x".repeat(100_000)).whole()), 400, "8192");
    assertProblem(
        post(PATH, new Form().part("Content-Disposition: form-data; name=\"a\"; filename=\"a.jpg\"\r\nX-Long: "
            + "x".repeat(3 << 20) + "\r\n", PICTURE).whole()),
        400, "8192");
    assertProblem(post(PATH, new Form().part("", PICTURE).whole()), 400, "");
    assertProblem(post(PATH, new Form().file("a", "a.jpg", "image/jpeg", new byte[33 << 20]).whole()), 413, "");
    assertProblem(post(PATH, new Form().file("a", "a.xml", "text/xml", new byte[33 << 20]).whole()), 413, "");
  }

  @Test
  void aThousandPartsAreTooMany() {
    var form = new Form();
    for (int i = 0; i < 1_000; i++) {
      form.field("f" + i, "x");
    }

    assertProblem(post(PATH, form.file("a", "a.jpg", "image/jpeg", PICTURE).whole()), 400, "parts");
  }

  @Test
  void aFormThatEndsBeforeItsPictureDoesIsToldSo() {
    byte[] whole = new Form().file("a", "a.jpg", "image/jpeg", PICTURE).whole();

    for (int length : List.of(0, 10, 60, 200, PICTURE.length / 2, whole.length - 50)) {
      HttpResponse<String> answer = post(PATH, Arrays.copyOf(whole, length));
      assertProblem(answer, 400, "");
    }
  }

  @Test
  void aSenderThatStopsHalfWayLeavesNothing() {
    byte[] body = new Form().file("a", "a.jpg", "image/jpeg", PICTURE).whole();
    int before = server.all("/api/cameras").size();
    for (boolean isForm : new boolean[]{true, false}) {
      try (var socket = RawSocket.connect(server.port())) {
        socket.send("POST /api/cameras/halfway/frames HTTP/1.1\r\nHost: 127.0.0.1:" + server.port()
            + "\r\nContent-Type: " + (isForm ? Form.TYPE : "image/jpeg") + "\r\nContent-Length: " + body.length
            + "\r\n\r\n");
        socket.send(Arrays.copyOf(body, body.length / 2));
        await().untilAsserted(() -> assertThat(server.data().resolve("uploads/.incoming")).isNotEmptyDirectory());
        socket.reset();
      }
      await().untilAsserted(() -> assertThat(server.data().resolve("uploads/.incoming")).isEmptyDirectory());
    }
    assertThat(server.all("/api/cameras")).hasSize(before);
  }

  @Test
  void aFormIsNotHeldInMemory() throws IOException {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("POST " + PATH + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.port() + "\r\nContent-Type: " + Form.TYPE
          + "\r\nContent-Length: 20000000\r\n\r\n--" + Form.BOUNDARY
          + "\r\nContent-Disposition: form-data; name=\"a\"; filename=\"a.jpg\"\r\n\r\n");
      socket.send(new byte[10 << 20]);

      // What has come so far is on disk, but for what is on its way there.
      await().until(() -> largest() > 9 << 20);
    }
  }

  @Test
  void theTimeIsWhatTheSenderSaysWhenItCanBe() {
    Instant now = Instant.now();
    assertThat(timeOf("Porchlight-Time", "1766491200")).isEqualTo(Instant.parse("2025-12-23T12:00:00Z"));
    assertThat(timeOf("Porchlight-Time", "1766491200250")).isEqualTo(Instant.parse("2025-12-23T12:00:00.250Z"));
    assertThat(timeOf("X-Timestamp", "1766491200.250000")).isEqualTo(Instant.parse("2025-12-23T12:00:00.250Z"));
    assertThat(timeOf("X-Timestamp", "whenever")).isCloseTo(now, within(Duration.ofMinutes(1)));
    // Seconds since it was switched on; and a clock that is years ahead.
    assertThat(timeOf("X-Timestamp", "12.345678")).isCloseTo(now, within(Duration.ofMinutes(1)));
    assertThat(timeOf("Porchlight-Time", "2099-01-01T00:00:00Z")).isCloseTo(now, within(Duration.ofMinutes(1)));

    assertThat(server.get("/metrics").body()).contains("porchlight_clocks_off_total{direction=\"ahead\"} 1.0",
        "porchlight_clocks_off_total{direction=\"behind\"} 1.0");
  }

  private static Instant timeOf(String header, String value) {
    byte[] photo;
    try {
      photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
    var answer = server.post(PATH + "?wait=true", new Form().file("a", "a.jpg", "image/jpeg", photo).whole(),
        "Content-Type", Form.TYPE, header, value);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.time(Client.JSON.readTree(answer.body()).get("detections").get(0), "detected_at");
  }

  private static HttpResponse<String> post(String path, byte[] body) {
    return server.post(path, body, "Content-Type", Form.TYPE);
  }

  private static long largest() throws IOException {
    try (Stream<Path> files = Files.list(server.data().resolve("uploads/.incoming"))) {
      return files.mapToLong(file -> file.toFile().length()).max().orElse(0);
    }
  }

  private static void assertProblem(HttpResponse<String> answer, int status, String says) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    assertThat(Client.JSON.readTree(answer.body()).get("detail").stringValue()).contains(says).isNotBlank();
  }
}
