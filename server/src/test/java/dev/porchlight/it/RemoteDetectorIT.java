package dev.porchlight.it;

import com.sun.net.httpserver.HttpServer;
import dev.porchlight.app.TestServer;
import dev.porchlight.picture.MadePictures;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A detector behind HTTP that is down when the first picture comes. */
class RemoteDetectorIT {
  private static final byte[] ONE_DOG = "{\"detections\":[{\"class\":\"dog\",\"confidence\":0.9,\"bbox\":[1,2,3,4]}]}"
      .getBytes(UTF_8);

  @Test
  void aPictureWaitsWhileTheDetectorIsDownAndTheHealthSaysSo() throws Exception {
    var status = new AtomicInteger(503);
    var stub = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    stub.createContext("/", exchange -> {
      try (exchange) {
        exchange.getRequestBody().readAllBytes();
        exchange.sendResponseHeaders(status.get(), ONE_DOG.length);
        exchange.getResponseBody().write(ONE_DOG);
      }
    });
    stub.start();
    String url = "http://porch:secret@127.0.0.1:" + stub.getAddress().getPort() + "/";
    try (var server = TestServer.start("gpu.interval=1h", "detection.url=" + url);
        var events = server.connect("/ws/events")) {
      assertThat(detector(server).get("status").stringValue()).isEqualTo("ok");
      assertThat(server.post("/api/cameras/front/frames", MadePictures.jpeg(MadePictures.noise(64, 48))).statusCode())
          .isEqualTo(202);

      await()
          .untilAsserted(() -> assertThat(detector(server).get("status").stringValue()).isEqualTo("down"));
      assertThat(detector(server).get("detail").stringValue()).contains("HTTP 503").doesNotContain("secret");
      assertThat(server.all("/api/detections")).isEmpty();

      status.set(200);
      assertThat(events.next("detection").get("object_type").stringValue()).isEqualTo("dog");
      await()
          .untilAsserted(() -> assertThat(detector(server).get("status").stringValue()).isEqualTo("ok"));
      assertThat(detector(server).get("detail").stringValue()).contains("the detector at http://127.0.0.1:")
          .doesNotContain("secret");
    } finally {
      stub.stop(0);
    }
  }

  private static JsonNode detector(TestServer server) {
    return Client.JSON.readTree(server.get("/api/system/health").body()).get("components").get("detector");
  }
}
