package dev.porchlight.it;

import dev.porchlight.picture.MadePictures;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

/**
 * A disk that is really full: the server's data lie on a small file system in memory, which it alone has mounted. Skipped
 * where a process may mount nothing.
 */
class FullDiskIT {
  private static final String FRAMES = "/api/cameras/porch/frames";
  private static final byte[] PICTURE = MadePictures.jpeg(MadePictures.noise(64, 48));
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  @TempDir
  private Path folder;

  @Test
  void whileTheDiskIsFullAPictureIsRefusedWith507AndAfterwardsItIsTaken() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    List<String> mounted = List.of("unshare", "-Urm", "sh", "-c",
        "mount -t tmpfs -o size=400m tmpfs '" + data + "' && exec \"$@\"", "sh");
    assumeThat(mayMount(mounted)).as("may mount").isTrue();
    try (var server = KillableServer.start(data, Map.of("PORCHLIGHT_GPU_INTERVAL", "1h"), mounted)) {
      await().until(() -> server.port() > 0);
      assertThat(post(server, "image/jpeg", PICTURE).statusCode()).isEqualTo(202);

      Path filler = Path.of("/proc", Long.toString(server.pid()), "root", data.toString(), "filler");
      fill(filler);
      for (int i = 0; i < 3; i++) {
        assertFull(post(server, "image/jpeg", PICTURE));
        assertFull(post(server, Form.TYPE, new Form().file("picture", "a.jpg", "image/jpeg", PICTURE).whole()));
      }
      JsonNode health = health(server, 503);
      assertThat(health.at("/components/store/status").stringValue()).isEqualTo("down");
      assertThat(health.at("/components/store/detail").stringValue()).isEqualTo("disk full");

      Files.delete(filler);
      await()
          .until(() -> HTTP.send(request(server, "/api/system/health").build(),
              HttpResponse.BodyHandlers.discarding()).statusCode() == 200);
      assertThat(post(server, "image/jpeg", PICTURE).statusCode()).isEqualTo(202);
      assertThat(health(server, 200).at("/components/store/status").stringValue()).isEqualTo("ok");
      assertThat(server.log().lines().filter(line -> line.contains("disk full: "))).hasSize(1);
      assertThat(server.log().lines().filter(line -> line.contains("disk no longer full: "))).hasSize(1);
      assertThat(server.log()).doesNotContain("ERROR");
    }
  }

  private static boolean mayMount(List<String> mounted) throws InterruptedException {
    var command = new ArrayList<>(mounted);
    command.add("true");
    try {
      return new ProcessBuilder(command).redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor() == 0;
    } catch (IOException _) {
      return false;
    }
  }

  private static void fill(Path filler) throws IOException {
    try (OutputStream out = Files.newOutputStream(filler)) {
      for (int size = 1 << 20; size > 0;) {
        try {
          out.write(new byte[size]);
        } catch (IOException _) {
          size /= 2;
        }
      }
    }
  }

  private static void assertFull(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(507);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Retry-After")).hasValue("30");
    assertThat(Client.JSON.readTree(answer.body()).get("reason").stringValue()).isEqualTo("disk_full");
  }

  private static JsonNode health(KillableServer server, int status) throws Exception {
    HttpResponse<String> answer = HTTP.send(request(server, "/api/system/health").build(),
        HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
    return Client.JSON.readTree(answer.body());
  }

  private static HttpResponse<String> post(KillableServer server, String type, byte[] body) throws Exception {
    return HTTP.send(request(server, FRAMES).header("Content-Type", type)
        .POST(HttpRequest.BodyPublishers.ofByteArray(body))
        .build(), HttpResponse.BodyHandlers.ofString());
  }

  private static HttpRequest.Builder request(KillableServer server, String path) throws IOException {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
  }
}
