package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What a detection looked like, and the files that cameras sent, over real sockets. */
class PictureIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private static TestServer server;
  private static byte[] photo;
  /** A detection whose picture nobody touches. */
  private static JsonNode bus;

  @BeforeAll
  static void start() throws IOException {
    photo = Files.readAllBytes(TestMedia.find("opencv4/html/pexels_double_decker_bus.jpg"));
    server = TestServer.start();
    bus = post(server, photo);
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void aDetectionIsFoundByItsId() {
    assertThat(server.json("/api/detections/" + id(bus))).isEqualTo(bus);
    assertProblem(text("/api/detections/4711"), 404);
    assertProblem(text("/api/detections/many"), 400);
    assertProblem(text("/api/detections/4711/image"), 404);
    assertProblem(text("/api/detections/" + id(bus) + "?x=1"), 400);
  }

  @Test
  void itsImageIsTheStoredPictureAsItIs() {
    HttpResponse<byte[]> answer = bytes("/api/detections/" + id(bus) + "/image");

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(photo);
    assertThat(header(answer, "content-type")).isEqualTo("image/jpeg");
    assertThat(header(answer, "cache-control")).startsWith("private");
    assertThat(bytes("/api/detections/" + id(bus) + "/image", "If-None-Match", header(answer, "etag")).statusCode())
        .isEqualTo(304);
  }

  @Test
  void itsAnnotatedImageHasFramesAroundWhatWasFound() throws IOException {
    HttpResponse<byte[]> answer = bytes("/api/detections/" + id(bus) + "/image?annotated=true");
    BufferedImage made = ImageIO.read(new ByteArrayInputStream(answer.body()));
    BufferedImage plain = ImageIO.read(new ByteArrayInputStream(photo));

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(header(answer, "content-type")).isEqualTo("image/jpeg");
    assertThat(made.getWidth()).isEqualTo(plain.getWidth());
    int y = bus.get("bbox_y").intValue() + bus.get("bbox_height").intValue() / 2;
    assertThat(differs(made, plain, bus.get("bbox_x").intValue() + 1, y)).isTrue();
    assertThat(differs(made, plain, bus.get("bbox_x").intValue() + 60, y)).isFalse();
    assertThat(bytes("/api/detections/" + id(bus) + "/image?annotated=true", "If-None-Match", header(answer, "etag"))
        .statusCode()).isEqualTo(304);
    assertProblem(text("/api/detections/" + id(bus) + "/image?annotated=maybe"), 400);
  }

  @Test
  void itsThumbnailIsAsLargeAsIsAskedFor() throws IOException {
    for (int size : new int[]{64, 320, 1024}) {
      HttpResponse<byte[]> answer = bytes("/api/detections/" + id(bus) + "/thumbnail?size=" + size);
      BufferedImage made = ImageIO.read(new ByteArrayInputStream(answer.body()));
      assertThat(made.getWidth()).isEqualTo(Math.min(size, 2 * 546));
    }
    assertThat(ImageIO.read(new ByteArrayInputStream(bytes("/api/detections/" + id(bus) + "/thumbnail").body()))
        .getWidth()).isEqualTo(320);
    for (String wrong : new String[]{"63", "1025", "many", ""}) {
      assertProblem(text("/api/detections/" + id(bus) + "/thumbnail?size=" + wrong), 400);
    }
  }

  @Test
  void aPictureThatIsGoneOrOverwrittenIsToldApartFromOneThatNeverWas() throws IOException {
    JsonNode gone = post(server, photo);
    Path file = server.data().resolve(gone.get("file_path").stringValue());
    String[] views = {"/image", "/image?annotated=true", "/thumbnail"};

    Files.write(file, Arrays.copyOf(photo, photo.length + 1));
    for (String view : views) {
      assertProblem(text("/api/detections/" + id(gone) + view), 410);
    }
    byte[] other = photo.clone();
    other[other.length - 3] ^= 1;
    Files.write(file, other);
    for (String view : views) {
      assertThat(assertProblem(text("/api/detections/" + id(gone) + view), 410)).contains("overwritten");
    }
    Files.delete(file);
    for (String view : views) {
      assertThat(assertProblem(text("/api/detections/" + id(gone) + view), 410)).contains("not there any more");
    }
  }

  @Test
  void mediaAreServedWithWhatCachesNeed() {
    String path = "/api/media/" + bus.get("file_path").stringValue();
    HttpResponse<byte[]> answer = bytes(path);

    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(photo);
    assertThat(header(answer, "content-type")).isEqualTo("image/jpeg");
    assertThat(header(answer, "accept-ranges")).isEqualTo("bytes");
    assertThat(header(answer, "cache-control")).isEqualTo("private, no-cache");
    assertThat(header(answer, "x-content-type-options")).isEqualTo("nosniff");
    assertThat(bytes(path, "If-None-Match", "\"x\", " + header(answer, "etag")).statusCode()).isEqualTo(304);
    assertThat(bytes(path, "If-None-Match", "\"x\"").statusCode()).isEqualTo(200);
    assertThat(bytes(path, "If-Modified-Since", header(answer, "last-modified")).statusCode()).isEqualTo(304);
    assertThat(bytes(path, "If-Modified-Since", "Mon, 01 Jan 2001 00:00:00 GMT").statusCode()).isEqualTo(200);
    assertThat(bytes(path, "If-Modified-Since", "yesterday").statusCode()).isEqualTo(200);
  }

  @Test
  void headTellsTheLengthAndNothingElse() {
    String head = raw("HEAD /api/media/" + bus.get("file_path").stringValue() + " HTTP/1.1");

    assertThat(head).startsWith("HTTP/1.1 200")
        .containsIgnoringCase("content-length: " + photo.length)
        .containsIgnoringCase("etag: ")
        .endsWith("\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({"bytes=0-99, 0, 100", "bytes=100-, 100, -1", "bytes=-50, -50, 50", "bytes=10-1000000000, 10, -1"})
  void aPartIsSentWhenAPartIsAskedFor(String range, int from, int length) {
    int first = from < 0 ? photo.length + from : from;
    int count = length < 0 ? photo.length - first : length;

    HttpResponse<byte[]> answer = bytes("/api/media/" + bus.get("file_path").stringValue(), "Range", range);

    assertThat(answer.statusCode()).isEqualTo(206);
    assertThat(answer.body()).isEqualTo(Arrays.copyOfRange(photo, first, first + count));
    assertThat(header(answer, "content-range"))
        .isEqualTo("bytes " + first + "-" + (first + count - 1) + "/" + photo.length);
  }

  @Test
  void aPartOfAnotherVersionIsTheWhole() {
    String path = "/api/media/" + bus.get("file_path").stringValue();
    HttpResponse<byte[]> whole = bytes(path);

    assertThat(bytes(path, "Range", "bytes=0-9", "If-Range", header(whole, "etag")).statusCode()).isEqualTo(206);
    assertThat(bytes(path, "Range", "bytes=0-9", "If-Range", header(whole, "last-modified")).statusCode())
        .isEqualTo(206);
    assertThat(bytes(path, "Range", "bytes=0-9", "If-Range", "\"other\"").statusCode()).isEqualTo(200);
    HttpResponse<String> behind = text(path, "Range", "bytes=" + photo.length + "-");
    assertProblem(behind, 416);
    assertThat(header(behind, "content-range")).isEqualTo("bytes */" + photo.length);
  }

  @Test
  void aClipOf200MegabytesIsSentPieceByPiece() throws IOException {
    Path clip = Files.createDirectories(server.data().resolve("clips")).resolve("long.mp4");
    try (var file = new RandomAccessFile(clip.toFile(), "rw")) {
      file.write(new byte[]{0, 0, 0, 24, 'f', 't', 'y', 'p', 'i', 's', 'o', 'm'});
      file.setLength(200L << 20);
    }
    long[] count = {0};
    HttpResponse<Void> answer = send(HttpRequest.newBuilder(uri("/api/media/clips/long.mp4")),
        BodyHandlers.ofByteArrayConsumer(part -> count[0] += part.map(bytes -> bytes.length).orElse(0)));

    assertThat(count[0]).isEqualTo(200L << 20);
    assertThat(header(answer, "content-type")).isEqualTo("video/mp4");
    Files.delete(clip);
  }

  @Test
  void aFileThatIsNoPictureIsNotServed() throws IOException {
    Path camera = Files.createDirectories(server.data().resolve("cameras").resolve("porch"));
    Files.writeString(camera.resolve("page.jpg"), "<script>alert(1)</script>");
    Files.write(camera.resolve("empty.jpg"), new byte[0]);
    Files.write(camera.resolve(".hidden.jpg"), photo);
    Files.write(camera.resolve("a photo+%41.jpg"), photo);

    assertProblem(text("/api/media/cameras/porch/page.jpg"), 404);
    assertProblem(text("/api/media/cameras/porch/empty.jpg"), 404);
    assertProblem(text("/api/media/cameras/porch/.hidden.jpg"), 404);
    assertProblem(text("/api/media/cameras/porch"), 404);
    assertThat(bytes("/api/media/cameras/porch/a%20photo+%2541.jpg").body()).isEqualTo(photo);
  }

  /** Tricks with dots, codes, links and names; each is sent as it stands here. */
  @ParameterizedTest
  @ValueSource(strings = {"porchlight.db", "porchlight.db-wal", "porchlight.yaml", "native/x.so", "alive", "in-flight",
    "cameras/../porchlight.db", "cameras/%2e%2e/porchlight.db", "cameras/%2e%2e%2fporchlight.db",
    "cameras/..%2fporchlight.db", "cameras%2f..%2fporchlight.db", "cameras/%252e%252e/porchlight.db",
    "cameras/..%5cporchlight.db", "/etc/passwd", "%2fetc%2fpasswd", "cameras//etc/passwd", "cameras/%00",
    "cameras/a%00.jpg",
    "cameras/./porch", "cameras/porch/", "", "cameras", "cameras/link-out.jpg", "cameras/link-folder/photo.jpg",
    "cameras/link-database.jpg", "cameras/loop", "uploads/.incoming/x", "CAMERAS/porch/x.jpg", "cameras/%zz",
    "cameras/%ff%fe"})
  void nothingElseOfTheDiskIsReached(String path, @TempDir Path outside) throws IOException {
    Path cameras = Files.createDirectories(server.data().resolve("cameras"));
    Files.write(outside.resolve("photo.jpg"), photo);
    Files.writeString(server.data().resolve("porchlight.yaml"), "{}");
    link(cameras.resolve("link-out.jpg"), outside.resolve("photo.jpg"));
    link(cameras.resolve("link-folder"), outside);
    link(cameras.resolve("link-database.jpg"), server.data().resolve("porchlight.db"));
    link(cameras.resolve("loop"), cameras.resolve("loop"));

    String head = raw("GET /api/media/" + path + " HTTP/1.1");

    assertThat(head).containsAnyOf("HTTP/1.1 404", "HTTP/1.1 400").containsIgnoringCase("application/problem+json");
  }

  @Test
  void aCamerasFolderOutsideTheDataFolderIsShownThroughItsDetections(@TempDir Path elsewhere) throws IOException {
    try (var other = TestServer.start("camera.root=" + elsewhere)) {
      Path camera = Files.createDirectories(elsewhere.resolve("garden"));
      try (var events = other.connect("/ws/events")) {
        Files.write(camera.resolve("one.jpg"), photo);
        long id = events.next("detection").get("id").longValue();

        assertThat(other.json("/api/detections/" + id).get("file_path").stringValue())
            .isEqualTo(camera.resolve("one.jpg").toString());
        assertThat(bytesOf(other, "/api/detections/" + id + "/image").body()).isEqualTo(photo);
        assertThat(bytesOf(other, "/api/detections/" + id + "/thumbnail").statusCode()).isEqualTo(200);
      }
    }
  }

  private static JsonNode post(TestServer to, byte[] picture) {
    HttpResponse<String> answer = to.post("/api/cameras/street/frames?wait=true", picture);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return Client.JSON.readTree(answer.body()).get("detections").get(0);
  }

  private static long id(JsonNode detection) {
    return detection.get("id").longValue();
  }

  private static void link(Path from, Path to) throws IOException {
    Files.deleteIfExists(from);
    Files.createSymbolicLink(from, to);
  }

  private static boolean differs(BufferedImage a, BufferedImage b, int x, int y) {
    int difference = 0;
    for (int shift = 0; shift < 24; shift += 8) {
      difference = Math.max(difference,
          Math.abs((a.getRGB(x, y) >> shift & 0xFF) - (b.getRGB(x, y) >> shift & 0xFF)));
    }
    return difference > 60;
  }

  private static String assertProblem(HttpResponse<String> answer, int status) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    assertThat(header(answer, "content-type")).isEqualTo("application/problem+json");
    return Client.JSON.readTree(answer.body()).get("detail").stringValue();
  }

  private static String header(HttpResponse<?> answer, String name) {
    return answer.headers().firstValue(name).orElse("");
  }

  private static String raw(String requestLine) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.send(requestLine + "\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return new String(socket.readToEnd(), StandardCharsets.ISO_8859_1);
    }
  }

  private static URI uri(String path) {
    return URI.create("http://127.0.0.1:" + server.port() + path);
  }

  private static HttpResponse<byte[]> bytesOf(TestServer of, String path) {
    return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + of.port() + path)),
        BodyHandlers.ofByteArray());
  }

  private static HttpResponse<byte[]> bytes(String path, String... headers) {
    return send(request(path, headers), BodyHandlers.ofByteArray());
  }

  private static HttpResponse<String> text(String path, String... headers) {
    return send(request(path, headers), BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(uri(path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  private static <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> handler) {
    try {
      return HTTP.send(request.build(), handler);
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
