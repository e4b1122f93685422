package dev.porchlight.detection;

import dev.porchlight.LogLines;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.picture.MadePictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.awaitility.Awaitility.await;

/** Against a real HTTP server. */
class RemoteDetectorTest {
  private static final String ONE_PERSON = "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[10,20,30,40]}]}";
  private static final DetectedObject PERSON = new DetectedObject("person", 0.9, new Box(10, 20, 30, 40));
  private static final Patience QUICK = new Patience(2, Duration.ofMillis(1), 100, Duration.ofHours(1));
  private static final Patience ONCE = new Patience(0, Duration.ofMillis(1), 100, Duration.ofHours(1));

  private final StubDetector stub = new StubDetector();
  private final PictureReader reader = new PictureReader(new PictureMemory());

  @TempDir
  private Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = Files.write(folder.resolve("porch.png"), MadePictures.png(MadePictures.noise(200, 100)));
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @Test
  void postsTheFileAsItIsInAForm() throws Exception {
    stub.says(ONE_PERSON);

    assertThat(detect(QUICK)).containsExactly(PERSON);

    assertThat(stub.posted).singleElement().satisfies(posted -> {
      assertThat(posted.path()).isEqualTo("/detect?model=large");
      assertThat(posted.contentType()).startsWith("multipart/form-data; boundary=porchlight-");
      String boundary = "--" + posted.contentType().substring(posted.contentType().indexOf('=') + 1);
      assertThat(posted.text()).isEqualTo(boundary
          + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"picture.png\"\r\nContent-Type: image/png\r\n\r\n"
          + new String(Files.readAllBytes(file), ISO_8859_1) + "\r\n" + boundary + "--\r\n");
      assertThat(posted.authorization()).isNull();
    });
  }

  /** Sent as it is, a picture that EXIF turns would be looked at lying on its side. */
  @Test
  void sendsTurnedPicturesUprightAndTakesBoxesAsDisplayed() throws Exception {
    byte[] jpeg = MadePictures.jpeg(MadePictures.noise(1300, 1200));
    Files.write(file, MadePictures.withOrientation(jpeg, 6, ByteOrder.BIG_ENDIAN));
    // Reduced to half while it was decoded, and turned: 600x650 is sent.
    stub.says("{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[300,325,300,325]}]}");

    assertThat(detect(QUICK)).extracting(DetectedObject::box).containsExactly(new Box(600, 650, 600, 650));

    byte[] body = stub.posted.getFirst().body();
    int start = stub.posted.getFirst().text().indexOf("\r\n\r\n") + 4;
    var sent = ImageIO.read(new ByteArrayInputStream(body, start, body.length - start));
    assertThat(sent.getWidth() + "x" + sent.getHeight()).isEqualTo("600x650");
  }

  @Test
  void clipsBoxesAndLeavesOutWhatDoesNotMatterOrIsUnsure() throws Exception {
    stub.says("""
              {"took_ms": 12, "detections": [
                {"class": "Motorbike", "confidence": 1, "bbox": [-5.5, 90, 300, 50], "track": 7},
                {"class": "pizza", "confidence": 0.99, "bbox": [0, 0, 5, 5]},
                {"class": "dog", "confidence": 0.49, "bbox": [0, 0, 5, 5]},
                {"class": "person", "confidence": 0.5, "bbox": [199.9, 0, 0, 0]}]}""");

    assertThat(detect(QUICK)).containsExactly(new DetectedObject("motorcycle", 1, new Box(0, 90, 200, 10)),
        new DetectedObject("person", 0.5, new Box(199, 0, 1, 1)));
  }

  @Test
  void takesAnEmptyListForNothingSeen() throws Exception {
    stub.says("{\"detections\":[]}");

    assertThat(detect(QUICK)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"hello | no JSON", "'' | no list", "[] | no list",
    "{\"detections\":{}} | no list",
    "{\"error\":\"busy\"} | no list", "{\"detections\":[ | no JSON", "{\"detections\":[]} trailing | no JSON",
    "{\"detections\":[{\"confidence\":0.9,\"bbox\":[1,2,3,4]}]} | no text \"class\"",
    "{\"detections\":[7]} | no text \"class\"",
    "{\"detections\":[{\"class\":\"person\",\"bbox\":[1,2,3,4]}]} | no number as confidence",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":\"0.9\",\"bbox\":[1,2,3,4]}]} | no number as confidence",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":NaN,\"bbox\":[1,2,3,4]}]} | no JSON",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":90,\"bbox\":[1,2,3,4]}]} | between 0 and 1",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":-0.1,\"bbox\":[1,2,3,4]}]} | between 0 and 1",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9}]} | is not [x, y, width, height]",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[1,2,3]}]} | is not [x, y, width, height]",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[1,2,3,null]}]} | no number as bbox",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[1,2,3,1e999]}]} | no number as bbox",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[1,2,-3,4]}]} | a negative side",
    "{\"detections\":[{\"class\":\"person\",\"confidence\":0.9,\"bbox\":[500,2,3,4]}]} | outside the picture of 200x100",
    "{\"detections\":[{\"class\":\"pizza\",\"confidence\":0.9,\"bbox\":[1,-20,3,4]}]} | outside the picture"})
  void failsOnAnAnswerThatMakesNoSense(String body, String why) {
    stub.says(body);

    fails(QUICK, why);
    assertThat(stub.posted).as("asking again would not help").hasSize(1);
  }

  @Test
  void failsOnAnAnswerOfTenMegabytes() {
    byte[] huge = ("{\"detections\":[]" + " ".repeat(10 << 20) + "}").getBytes(US_ASCII);
    stub.answers(200, huge);

    fails(ONCE, "failed");
  }

  @Test
  void failsOnAnAnswerThatDripsForEver() {
    var over = new CountDownLatch(1);
    stub.then(exchange -> {
      exchange.sendResponseHeaders(200, 0);
      for (boolean isOver = false; !isOver; isOver = isOver(over)) {
        exchange.getResponseBody().write(' ');
        exchange.getResponseBody().flush();
      }
    });

    try (var detector = open(Duration.ofMillis(300), ONCE, "")) {
      assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(detector))
          .withMessageContaining("no answer within 300 ms");
    } finally {
      over.countDown();
    }
  }

  @Test
  void failsWhenNobodyAnswersAtAll() throws Exception {
    var over = new CountDownLatch(1);
    stub.then(_ -> {
      boolean _ = isOver(over, Duration.ofMinutes(1));
    });

    try (var detector = open(Duration.ofMillis(300), ONCE, "")) {
      assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(detector))
          .withMessageContaining("no answer within 300 ms");
    } finally {
      over.countDown();
    }
  }

  @Test
  void failsWhenNobodyListens() throws Exception {
    int free;
    try (var socket = new ServerSocket(0)) {
      free = socket.getLocalPort();
    }
    var config = new RemoteConfig(URI.create("http://127.0.0.1:" + free + "/"), Duration.ofSeconds(10));

    try (var detector = RemoteDetector.open(config, 0.5, QUICK)) {
      assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(detector))
          .withMessageContaining("the detector at http://127.0.0.1:" + free + "/ failed: ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {500, 503, 429})
  void asksAgainAfterAFailureThatMayPass(int status) throws Exception {
    stub.answers(status, new byte[0]).answers(status, new byte[0]).says(ONE_PERSON);

    assertThat(detect(QUICK)).containsExactly(PERSON);
    assertThat(stub.posted).hasSize(3);
  }

  @ParameterizedTest
  @ValueSource(ints = {204, 302, 400, 401, 404})
  void saysWhichStatusCameInsteadOfAnAnswer(int status) {
    stub.answers(status, new byte[0]);

    fails(QUICK, "HTTP " + status);
    assertThat(stub.posted).hasSize(1);
  }

  /** As a {@link DetectorException} it would be sent for ever, and nothing behind it would be looked at. */
  @ParameterizedTest
  @ValueSource(ints = {413, 415, 422})
  void refusesThePictureThatTheDetectorRefuses(int status) {
    stub.answers(status, new byte[0]);

    assertThatExceptionOfType(PictureException.class).isThrownBy(() -> detect(QUICK))
        .withMessage("the detector does not take it: HTTP " + status);
  }

  @Test
  void isNotAskedForAWhileAfterFailuresInARow() {
    stub.answers(500, new byte[0]);
    try (var detector = open(Duration.ofSeconds(10), new Patience(0, Duration.ofMillis(1), 3, Duration.ofHours(1)),
        "")) {
      for (int i = 0; i < 5; i++) {
        assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(detector));
      }

      assertThat(stub.posted).hasSize(3);
      assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(detector))
          .withMessageContaining("is not asked for 3")
          .withMessageContaining("its last failure: HTTP 500");
    }
  }

  @Test
  void isAskedAgainWhenItHasRested() {
    stub.answers(500, new byte[0]).answers(500, new byte[0]).says(ONE_PERSON);
    try (var detector = open(Duration.ofSeconds(10), new Patience(0, Duration.ofMillis(1), 2, Duration.ofMillis(50)),
        "")) {
      await().ignoreExceptions().untilAsserted(() -> assertThat(detect(detector)).containsExactly(PERSON));
      assertThatNoException().isThrownBy(() -> detect(detector));
    }
  }

  @Test
  void tellsNameAndPasswordToTheDetectorAndToNobodyElse() throws Exception {
    stub.answers(500, new byte[0]);
    var config = new RemoteConfig(
        URI.create("http://porch:s%C3%A9cret@127.0.0.1:" + stub.port() + "/detect?token=hush"), Duration.ofSeconds(10));

    try (var lines = new LogLines(RemoteDetectorTest.class);
        var detector = RemoteDetector.open(config, 0.5,
            new Patience(0, Duration.ofMillis(1), 1, Duration.ofHours(1)))) {
      for (int i = 0; i < 2; i++) {
        assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(detector))
            .satisfies(e -> assertThat(String.valueOf(e.getMessage())).contains("/detect")
                .doesNotContain("cret", "porch:", "hush"));
      }
      assertThat(detector.description() + config).doesNotContain("cret", "porch:", "hush");
      assertThat(lines.with("is not asked for")).hasSize(1);
      assertThat(lines.with("cret")).isEmpty();
      assertThat(lines.with("hush")).isEmpty();
    }
    assertThat(stub.posted.getFirst().authorization()).isEqualTo("Basic cG9yY2g6c8OpY3JldA==");
    assertThat(stub.posted.getFirst().path()).isEqualTo("/detect?token=hush");
  }

  private List<DetectedObject> detect(Patience patience) throws IOException, InterruptedException {
    try (var detector = open(Duration.ofSeconds(10), patience, "detect?model=large")) {
      return detect(detector);
    }
  }

  private List<DetectedObject> detect(RemoteDetector detector) throws IOException, InterruptedException {
    try (var picture = reader.read(file, detector.sight())) {
      return detector.detect(picture);
    }
  }

  private void fails(Patience patience, String why) {
    assertThatExceptionOfType(DetectorException.class).isThrownBy(() -> detect(patience)).withMessageContaining(why);
  }

  private RemoteDetector open(Duration timeout, Patience patience, String path) {
    var url = URI.create("http://127.0.0.1:" + stub.port() + "/" + path);
    return RemoteDetector.open(new RemoteConfig(url, timeout), 0.5, patience);
  }

  private static boolean isOver(CountDownLatch over) {
    return isOver(over, Duration.ofMillis(20));
  }

  private static boolean isOver(CountDownLatch over, Duration patience) {
    try {
      return over.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return true;
    }
  }
}
