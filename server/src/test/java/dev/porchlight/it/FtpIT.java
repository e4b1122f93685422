package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.StartException;
import dev.porchlight.app.TestServer;
import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** From a camera that uploads by FTP to the message on the socket. */
class FtpIT {
  private static final String[] FTP = {"ftp.port=0", "ftp.passive-ports=0"};

  @TempDir
  private Path folder;

  @Test
  void anUploadedPhotoReachesTheClients() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    try (var server = TestServer.start(FTP);
        var events = server.connect("/ws/events");
        var system = server.connect("/ws/system");
        var front = FtpCamera.of(server, "front")) {
      JsonNode status = system.next("camera_status");
      assertThat(status.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(status.get("status").stringValue()).isEqualTo("online");

      assertThat(front.store("2026/11/25/visit.jpg", photo)).as(front.reply()).isTrue();

      JsonNode detection = events.next("detection");
      assertThat(detection.get("camera_id").stringValue()).isEqualTo("front");
      assertThat(detection.get("object_type").stringValue()).isEqualTo("person");
      assertThat(server.all("/api/detections")).allSatisfy(item -> assertThat(item.get("file_path").stringValue())
          .isEqualTo("cameras/front/2026/11/25/visit.jpg"));
      assertThat(server.json("/api/system/health").get("components").get("ftp").get("detail").stringValue())
          .startsWith("1 sessions on 127.0.0.1 port ");
      assertThat(server.get("/metrics").body()).contains("porchlight_ftp_uploads_total 1.0",
          "porchlight_ftp_sessions 1.0");
    }
  }

  /** Seen to fail when the door does not ask. */
  @Test
  void nothingIsTakenOfACameraThatIsDisabled() throws IOException {
    byte[] photo = MadePictures.jpeg(MadePictures.noise(64, 48));
    try (var server = TestServer.start(FTP); var front = FtpCamera.of(server, "front")) {
      assertThat(front.store("one.jpg", photo)).as(front.reply()).isTrue();
      assertThat(server.send("PATCH", "/api/cameras/front", "{\"enabled\":false}").statusCode()).isEqualTo(200);

      assertThat(front.store("two.jpg", photo)).isFalse();
      assertThat(front.reply()).startsWith("550 This camera is disabled");

      assertThat(server.send("PATCH", "/api/cameras/front", "{\"enabled\":true}").statusCode()).isEqualTo(200);
      assertThat(front.store("three.jpg", photo)).as(front.reply()).isTrue();
    }
  }

  @Test
  void anAccountIsShownOnceAndOutlivesTheServer() throws IOException {
    String password;
    try (var server = TestServer.startIn(folder, FTP)) {
      assertThat(server.get("/api/cameras/front/ftp").statusCode()).isEqualTo(404);

      HttpResponse<String> made = server.send("POST", "/api/cameras/front/ftp", "");
      assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
      assertThat(made.headers().firstValue("cache-control")).hasValue("no-store");
      JsonNode account = Client.JSON.readTree(made.body());
      assertThat(account.propertyNames()).containsExactly("username", "password", "host", "port", "tls");
      assertThat(account.get("username").stringValue()).isEqualTo("front");
      assertThat(account.get("host").stringValue()).isEqualTo("127.0.0.1");
      assertThat(account.get("port").intValue()).isEqualTo(server.ftpPort());
      assertThat(account.get("tls").stringValue()).isEqualTo("off");
      password = account.get("password").stringValue();

      JsonNode shown = server.json("/api/cameras/front/ftp");
      assertThat(shown.propertyNames()).containsExactly("username", "host", "port", "tls", "created_at");
      assertThat(server.get("/api/cameras").body()).contains("\"front\"").doesNotContain(password);
    }
    assertThat(Files.readString(folder.resolve("porchlight.db"), java.nio.charset.StandardCharsets.ISO_8859_1))
        .doesNotContain(password);
    try (var server = TestServer.startIn(folder, FTP);
        var front = FtpCamera.of(server.ftpPort(), "front", password)) {
      assertThat(front.store("a.jpg", MadePictures.jpeg(MadePictures.noise(64, 48)))).isTrue();

      assertThat(server.send("DELETE", "/api/cameras/front/ftp", "").statusCode()).isEqualTo(204);
      assertThat(server.send("DELETE", "/api/cameras/front/ftp", "").statusCode()).isEqualTo(404);
      assertThatThrownBy(() -> FtpCamera.of(server.ftpPort(), "front", password)).isInstanceOf(AssertionError.class)
          .hasMessageContaining("530");
    }
  }

  @Test
  void withoutFtpThereIsNoAccount() {
    try (var server = TestServer.start()) {
      assertThat(server.send("POST", "/api/cameras/front/ftp", "").statusCode()).isEqualTo(409);
      assertThat(server.json("/api/system/health").get("components").get("ftp").get("detail").stringValue())
          .isEqualTo("off");
    }
    try (var server = TestServer.start("ftp.port=0", "ftp.passive-ports=0", "camera.auto-create=false")) {
      assertThat(server.send("POST", "/api/cameras/front/ftp", "").statusCode()).isEqualTo(404);
      assertThat(server.send("POST", "/api/cameras/a.b/ftp", "").statusCode()).isEqualTo(400);
    }
  }

  @Test
  void whatStandsInTheWayOfAStartIsOneLine() throws IOException {
    assertThatThrownBy(() -> TestServer.start("ftp.port=0", "ftp.host=no-such-host.invalid"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("ftp.host");
    assertThatThrownBy(() -> TestServer.start("ftp.port=0", "ftp.tls-certificate=/none.crt", "ftp.tls-key=/none.key"))
        .isInstanceOf(StartException.class)
        .hasMessageContaining("/none.crt");
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertThatThrownBy(() -> TestServer.start("ftp.port=" + taken.getLocalPort())).isInstanceOf(StartException.class)
          .hasMessageContaining("cannot listen for FTP");
    }
  }

  /** A hundred pictures a second from one camera, as long as it takes; the other one is heard all the same. */
  @Test
  void aCameraThatFloodsDelaysNobody() throws Exception {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    byte[] noise = MadePictures.jpeg(MadePictures.noise(320, 240));
    try (var server = TestServer.start(FTP);
        var events = server.connect("/ws/events");
        var flood = FtpCamera.of(server, "flood");
        var calm = FtpCamera.of(server, "calm")) {
      var sent = new AtomicInteger();
      var isHeard = new AtomicBoolean();
      Thread flooding = Thread.ofVirtual().start(() -> {
        try {
          long start = System.nanoTime();
          for (int i = 0; !isHeard.get(); i++) {
            assertThat(flood.store(i + ".jpg", ByteBuffer.allocate(noise.length + 4).put(noise).putInt(i).array()))
                .isTrue();
            sent.incrementAndGet();
            LockSupport.parkNanos(start + i * 10_000_000L - System.nanoTime());
          }
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      });
      await().until(() -> sent.get() >= 100);

      assertThat(calm.store("visit.jpg", photo)).isTrue();
      // There is nothing to see in what floods in, and it goes on until the other one is heard.
      JsonNode detection = events.next("detection");

      assertThat(detection.get("camera_id").stringValue()).isEqualTo("calm");
      assertThat(flooding.isAlive()).isTrue();
      isHeard.set(true);
      flooding.join();
      await().until(() -> server.get("/metrics").body().contains("porchlight_ftp_uploads_total " + (sent.get() + 1.0)));
    }
  }

  @Test
  void whatWasAnsweredWith226SurvivesAKill() throws Exception {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/messi5.jpg"));
    var acknowledged = new ArrayList<String>();
    String password = null;
    for (int life = 0; life < 3; life++) {
      Process server = start();
      try {
        Path log = folder.resolveSibling(folder.getFileName() + ".log");
        int http = portIn(log, "listening on http://[^ :]+:(\\d+)");
        int ftp = portIn(log, "FTP on 127.0.0.1 port (\\d+)");
        password = password == null ? account(http) : password;
        try (var front = FtpCamera.of(ftp, "front", password)) {
          for (int i = 0; i < 10 + 7 * life; i++) {
            String name = life + "-" + i + ".jpg";
            if (front.store(name, ByteBuffer.allocate(photo.length + 8).put(photo).putInt(life).putInt(i).array())) {
              acknowledged.add("cameras/front/" + name);
            }
          }
        }
      } finally {
        server.destroyForcibly().waitFor();
      }
    }

    assertThat(acknowledged).hasSize(10 + 17 + 24);
    try (var server = TestServer.startIn(folder)) {
      await()
          .untilAsserted(() -> assertThat(server.all("/api/detections"))
              .extracting(item -> item.get("file_path").stringValue())
              .containsAll(acknowledged));
    }
  }

  private Process start() throws IOException {
    Path log = folder.resolveSibling(folder.getFileName() + ".log");
    Files.deleteIfExists(log);
    Path jar = Path.of(System.getProperty("porchlight.root"), "server", "target", "porchlight.jar");
    var builder = new ProcessBuilder(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-XX:+UseSerialGC", "-Xmx256m", "--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow",
        "-jar", jar.toString(), "run", "--port", "0", "--data", folder.toString()));
    builder.environment().putAll(Map.of("PORCHLIGHT_FTP_PORT", "0", "PORCHLIGHT_FTP_PASSIVE_PORTS", "0"));
    return builder.redirectErrorStream(true).redirectOutput(log.toFile()).start();
  }

  private static int portIn(Path log, String pattern) {
    Pattern port = Pattern.compile(pattern);
    await().until(() -> port.matcher(Files.readString(log)).find());
    try {
      var found = port.matcher(Files.readString(log));
      assertThat(found.find()).isTrue();
      return Integer.parseInt(found.group(1));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String account(int port) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/cameras/front/ftp"))
          .POST(HttpRequest.BodyPublishers.noBody())
          .build(), HttpResponse.BodyHandlers.ofString());
      return Client.JSON.readTree(answer.body()).get("password").stringValue();
    }
  }
}
