package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What is no picture, or none that may be decoded: a clear answer each time, and the stage goes on. */
class BadPicturesIT {
  private static final byte[] PICTURE = picture("jpg");

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("ingest.incomplete-after=1s");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aPostedBodyThatIsNoPictureIsAnsweredWithWhy() {
    assertProblem(post("hello".getBytes(StandardCharsets.UTF_8)), 415);
    assertProblem(post(new byte[0]), 422);
    assertProblem(post(Arrays.copyOf(PICTURE, PICTURE.length / 2)), 422);
    assertProblem(post(new byte[33 << 20]), 413);
    assertProblem(server.post("/api/cameras/front/frames", PICTURE, "Porchlight-Time", "yesterday"), 400);
    assertProblem(server.post("/api/cameras/front/frames?wait=maybe", PICTURE), 400);
    assertProblem(server.post("/api/cameras/" + "x".repeat(65) + "/frames", PICTURE), 400);
  }

  @Test
  void aPictureOfTooManyPixelsIsRefusedByItsHeader() throws IOException {
    // A header that says 20,000 x 20,000: the picture behind it is never decoded.
    byte[] png = picture("png");
    for (int at : new int[]{16, 20}) {
      png[at + 2] = 0x4E;
      png[at + 3] = 0x20;
    }
    HttpResponse<String> answer = post(png);

    assertProblem(answer, 422);
    assertThat(answer.body()).contains("pixels");
  }

  @Test
  void anUnknownCameraIsMadeByItsFirstValidPictureOnly() {
    assertThat(server.post("/api/cameras/never/frames", new byte[100]).statusCode()).isEqualTo(415);
    assertThat(server.get("/api/cameras").body()).doesNotContain("never");

    assertThat(server.post("/api/cameras/first/frames", PICTURE).statusCode()).isEqualTo(202);
    assertThat(server.get("/api/cameras").body()).contains("\"camera_id\":\"first\"");
  }

  @Test
  void withoutAutoCreateAnUnknownCameraIsNotFound() {
    try (var strict = TestServer.start("camera.auto-create=false")) {
      assertProblem(strict.post("/api/cameras/front/frames", PICTURE), 404);

      strict.camera("front");
      await()
          .until(() -> strict.post("/api/cameras/front/frames", PICTURE).statusCode() == 202);
    }
  }

  @Test
  void badFilesAreCountedStayWhereTheyAreAndTheNextPictureIsLookedAt() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var events = server.connect("/ws/events")) {
      Path camera = server.camera("bad");
      Files.write(camera.resolve("truncated.jpg"), Arrays.copyOf(photo, photo.length / 2));
      Files.write(camera.resolve("empty.jpg"), new byte[0]);
      Files.writeString(camera.resolve("text.png"), "this is no picture");
      Files.createSymbolicLink(camera.resolve("outside.jpg"), TestMedia.find("examples/data/messi5.jpg"));
      Files.createDirectories(server.data().resolve("cameras/not a camera"));
      Files.write(camera.resolve("good.png"), photo);

      JsonNode detection = events.next("detection");

      assertThat(detection.get("camera_id").stringValue()).isEqualTo("bad");
      await().untilAsserted(() -> {
        double refused = server.get("/metrics")
            .body()
            .lines()
            .filter(line -> line.startsWith("porchlight_pictures_refused_total"))
            .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
            .sum();
        assertThat(refused).isGreaterThanOrEqualTo(5);
      });
      assertThat(camera).isDirectoryContaining(file -> file.endsWith("truncated.jpg"))
          .isDirectoryContaining(file -> file.endsWith("text.png"));
      assertThat(server.all("/api/detections")).filteredOn(d -> d.get("camera_id").stringValue().equals("bad"))
          .allSatisfy(d -> assertThat(d.get("file_path").stringValue()).endsWith("good.png"));
    }
  }

  private static HttpResponse<String> post(byte[] body) {
    return server.post("/api/cameras/front/frames", body);
  }

  private static void assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(answer.headers().firstValue("content-type")).hasValue("application/problem+json");
    JsonNode problem = Client.JSON.readTree(answer.body());
    assertThat(problem.get("status").intValue()).isEqualTo(status);
    assertThat(problem.get("detail").stringValue()).isNotBlank();
  }

  private static byte[] picture(String format) {
    try (var bytes = new ByteArrayOutputStream()) {
      ImageIO.write(new BufferedImage(320, 240, BufferedImage.TYPE_3BYTE_BGR), format, bytes);
      return bytes.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
