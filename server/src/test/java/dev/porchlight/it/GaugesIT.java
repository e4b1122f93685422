package dev.porchlight.it;

import dev.porchlight.TestMedia;
import dev.porchlight.app.TestServer;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.live.Examples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Who connects to the system is told of each camera that exists what REST says of it.
 */
class GaugesIT {
  /** Ends what a client is told on connecting. */
  private static final String LIVE = "gpu_stats";

  @TempDir
  private Path data;

  @Test
  void aDeletedCameraIsGoneAlsoWhenItsStatusComesLate() {
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      server.send("POST", "/api/cameras", "{\"camera_id\":\"front\"}");
      server.send("POST", "/api/cameras", "{\"camera_id\":\"porch\"}");
      assertSnapshots(server, "front", "porch");

      assertThat(server.send("DELETE", "/api/cameras/front?history=keep", "").statusCode()).isEqualTo(204);
      assertSnapshots(server, "porch");
      server.system().broadcastCameraStatus(new CameraStatus("front", CameraState.ONLINE, Examples.NOON));
      assertSnapshots(server, "porch");
    }
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      assertSnapshots(server, "porch");
    }
  }

  @Test
  void aCameraWasLastSeenWhenRestSaysThatItWas() throws IOException {
    byte[] photo = Files.readAllBytes(TestMedia.find("examples/data/basketball1.png"));
    try (var server = TestServer.startIn(data, "gpu.interval=1h"); var system = server.connect("/ws/system")) {
      assertThat(server.post("/api/cameras/front/frames", photo).statusCode()).isEqualTo(202);
      assertThat(system.next("camera_status").get("status").stringValue()).isEqualTo("online");
      assertSnapshots(server, "front");
      JsonNode cameOnline = server.json("/api/cameras/front").get("last_seen_at");

      assertThat(server.post("/api/cameras/front/frames", photo).statusCode()).isEqualTo(202);

      assertSnapshots(server, "front");
      assertThat(server.json("/api/cameras/front").get("last_seen_at")).isNotEqualTo(cameOnline);
    }
    try (var server = TestServer.startIn(data, "gpu.interval=1h")) {
      assertSnapshots(server, "front");
    }
  }

  /** That exactly these cameras are told of, as REST speaks of them, to a client of each kind. */
  private static void assertSnapshots(TestServer server, String... cameras) {
    List<JsonNode> rest = List.of(cameras)
        .stream()
        .map(camera -> status(server.json("/api/cameras/" + camera)))
        .toList();
    try (var v1 = server.connect("/ws/system", "porchlight.v1");
        var stream = SseClient.open(server.port(), "/api/stream/system")) {
      assertThat(stream.next().type()).isEqualTo("hello");
      v1.next("hello");
      server.system().broadcastGpuStats(Examples.GPU_STATS);

      var byV1 = new ArrayList<JsonNode>();
      for (JsonNode message = v1.next(); isSnapshot(message); message = v1.next()) {
        if (!message.get("type").stringValue().equals(LIVE)) {
          byV1.add(message.get("data"));
        }
      }
      assertThat(byV1).isEqualTo(rest);
      var bySse = new ArrayList<JsonNode>();
      for (SseClient.Event event = stream.next(); event.id() == null; event = stream.next()) {
        if (!event.type().equals(LIVE)) {
          assertThat(event.data().get("snapshot").booleanValue()).isTrue();
          bySse.add(((ObjectNode) event.data()).without("snapshot"));
        }
      }
      assertThat(bySse).isEqualTo(rest);
    }
  }

  private static boolean isSnapshot(JsonNode message) {
    return message.has("snapshot");
  }

  /** The fields of a {@code camera_status} of a camera. */
  private static JsonNode status(JsonNode camera) {
    return ((ObjectNode) camera).retain("camera_id", "status", "last_seen_at");
  }
}
