package dev.porchlight.it;

import com.sun.net.httpserver.SimpleFileServer;
import dev.porchlight.app.TestServer;
import dev.porchlight.video.TestCamera;
import dev.porchlight.video.TestFfmpeg;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A street with people as a stream, from a real sender to the message on the socket. */
class StreamIT {
  @TempDir
  private Path folder;

  @Test
  void whatAnRtspCameraSeesIsOnTheSocket() throws Exception {
    try (var rtsp = RtspServer.start(folder, "anna:s3cr3t");
        var server = TestServer.start();
        var client = server.connect("/ws/events")) {
      Instant before = Instant.now();
      create(server, "cam-street", rtsp.address("anna:s3cr3t@"));

      JsonNode detection = client.next("detection");

      assertThat(detection.get("camera_id").stringValue()).isEqualTo("cam-street");
      assertThat(detection.get("object_type").stringValue()).isIn("person", "car", "bicycle", "motorcycle", "truck");
      assertThat(Client.time(detection, "detected_at")).isBetween(before, Instant.now());
      assertThat(detection.get("bbox_x").intValue()).isBetween(0, 767);
      String file = server.all("/api/detections").getFirst().get("file_path").stringValue();
      assertThat(file).startsWith("streams/cam-street/");
      assertThat(server.data().resolve(file)).exists();
      assertThat(server.get("/api/cameras/cam-street").body()).contains("\"online\"").doesNotContain("s3cr3t");
      assertThat(streams(server)).isEqualTo("1 of 1 streams run");
    }
    assertThat(TestFfmpeg.children()).isEmpty();
  }

  @Test
  void whatAnMjpegCameraSeesIsOnTheSocket() throws Exception {
    List<Path> frames = Street.frames(folder, 30);
    byte[][] jpegs = new byte[frames.size()][];
    for (int i = 0; i < jpegs.length; i++) {
      jpegs[i] = Files.readAllBytes(frames.get(i));
    }
    try (var camera = TestCamera.sending(i -> jpegs[i % jpegs.length]);
        var server = TestServer.start();
        var client = server.connect("/ws/events")) {
      create(server, "cam-esp", camera.address("anna:s3cr3t@"));

      assertThat(client.next("detection").get("camera_id").stringValue()).isEqualTo("cam-esp");
    }
    assertThat(TestFfmpeg.children()).isEmpty();
  }

  @Test
  void whatComesByRtmpIsOnTheSocket() throws Exception {
    try (var rtmp = RtmpServer.start(folder);
        var server = TestServer.start();
        var client = server.connect("/ws/events")) {
      create(server, "cam-rtmp", rtmp.address());

      assertThat(client.next("detection").get("camera_id").stringValue()).isEqualTo("cam-rtmp");
      assertThat(streams(server)).isEqualTo("1 of 1 streams run");
    }
    assertThat(TestFfmpeg.children()).isEmpty();
  }

  @Test
  void whatComesByHlsIsOnTheSocket() throws Exception {
    Path film = Street.film(folder);
    Path live = Files.createDirectory(folder.resolve("live"));
    var files = SimpleFileServer.createFileServer(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        live.toAbsolutePath(), SimpleFileServer.OutputLevel.NONE);
    files.start();
    try (var _ = TestFfmpeg.start("-re", "-stream_loop", "-1", "-i", film.toString(), "-c", "copy", "-f", "hls",
        "-hls_time", "1", "-hls_list_size", "5", "-hls_flags", "delete_segments",
        live.resolve("street.m3u8").toString());
        var server = TestServer.start();
        var client = server.connect("/ws/events")) {
      create(server, "cam-hls", "http://127.0.0.1:" + files.getAddress().getPort() + "/street.m3u8");

      assertThat(client.next("detection").get("camera_id").stringValue()).isEqualTo("cam-hls");
    } finally {
      files.stop(0);
    }
    assertThat(TestFfmpeg.children()).isEmpty();
  }

  @Test
  void tryingASourceSaysWhatItShowsOrWhyNot() throws Exception {
    // One server for each client: two at once can end one at an assertion of its own. Nor does a stream run beside its test.
    try (var first = RtspServer.start(folder, "anna:s3cr3t");
        var second = RtspServer.start(folder, "anna:s3cr3t");
        var server = TestServer.start()) {
      String right = tried(server, "cam-right", first.address("anna:s3cr3t@"));
      String wrong = tried(server, "cam-wrong", second.address("anna:wr0ng@"));

      assertThat(right).contains("768", "576", "h264");
      assertThat(wrong).contains("401").doesNotContain("wr0ng", "s3cr3t");
    }
  }

  @Test
  void aStreamThatIsGoneIsDegradedHealthAndComesBack() throws Exception {
    List<Path> frames = Street.frames(folder, 3);
    byte[] jpeg = Files.readAllBytes(frames.getFirst());
    try (var server = TestServer.start("video.stall-after=1s")) {
      try (var camera = TestCamera.sending(_ -> jpeg)) {
        create(server, "cam-esp", camera.address(""));
        await().until(() -> streams(server).equals("1 of 1 streams run"));
      }
      await().until(() -> streams(server).startsWith("0 of 1 streams run; cam-esp: reconnecting: "));

      assertThat(server.json("/api/system/health").get("status").stringValue()).isEqualTo("degraded");
      assertThat(server.get("/metrics").body()).contains("porchlight_stream_restarts_total{camera=\"cam-esp\"}");
    }
  }

  /** What the test of a camera's source says, of one that is not enabled. */
  private static String tried(TestServer server, String id, String source) {
    var answer = server.send("POST", "/api/cameras",
        "{\"camera_id\":\"" + id + "\",\"enabled\":false,\"source\":\"" + source + "\"}");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    return server.post("/api/cameras/" + id + "/test", new byte[0]).body();
  }

  private static void create(TestServer server, String id, String source) throws IOException {
    HttpResponse<String> answer = server.post("/api/cameras",
        ("{\"camera_id\":\"" + id + "\",\"source\":\"" + source + "\"}").getBytes(StandardCharsets.UTF_8),
        "Content-Type", "application/json");
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
    assertThat(answer.body()).doesNotContain("s3cr3t");
  }

  private static String streams(TestServer server) {
    return server.json("/api/system/health").get("components").get("streams").get("detail").stringValue();
  }
}
