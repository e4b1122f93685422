package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.live.Examples;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Clients that want a part of a channel, in each of its three forms, and those that ask for what there is not. */
class FilterIT {
  private static final long END = 99;

  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start("gpu.interval=1h");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  /** Events 1 (front, 20), 2 (front, 80) and 3 (back, 60), detections 1 (front) and 2 (back); the last one ends it. */
  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"types=new_event | e1 e2 e3", "types=detection | d1 d2",
    "types=detection,new_event | e1 e2 e3 d1 d2", "camera=front | e1 e2 d1", "camera=front,back | e1 e2 e3 d1 d2",
    "camera=front%2Cback | e1 e2 e3 d1 d2", "camera=not-there-yet | ''", "min_risk=60 | e2 e3 d1 d2",
    "min_risk=0 | e1 e2 e3 d1 d2", "min_risk=100 | d1 d2", "types=new_event&min_risk=60&camera=front | e2"})
  void eachFormOfTheChannelIsToldOfWhatItsFilterLetsThrough(String query, String expected) {
    // The event that ends it comes from a camera of its own; a filter without events is held to the counts alone.
    boolean hasEvents = !query.startsWith("types=") || query.contains("new_event");
    String path = "/ws/events?" + query.replace("camera=", "camera=end,");
    try (var plain = server.connect(path);
        var v1 = server.connect(path, "porchlight.v1");
        var stream = SseClient.open(server.port(), path.replace("/ws/", "/api/stream/"))) {
      v1.next();
      stream.next();
      int told = broadcastAll();
      List<String> expectedNames = expected.isEmpty() ? List.of() : List.of(expected.split(" "));
      assertThat(told).isEqualTo(3 * expectedNames.size());
      for (String name : expectedNames) {
        assertThat(name(plain.next())).isEqualTo(name);
        assertThat(name(v1.next())).isEqualTo(name);
        SseClient.Event event = stream.next();
        assertThat(name(event.type(), event.data())).isEqualTo(name);
      }
      if (hasEvents) {
        assertThat(server.events().broadcastNewEvent(event(END, "end", 100))).isEqualTo(3);
        assertThat(plain.next().get("data").get("id").longValue()).isEqualTo(END);
        assertThat(v1.next().get("data").get("id").longValue()).isEqualTo(END);
        assertThat(stream.next().data().get("id").longValue()).isEqualTo(END);
      }
    }
    server.awaitNobody();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {"events?type=new_event | type", "events?types=new_events | new_events",
    "events?types=gpu_stats | gpu_stats", "events?types= | types", "events?types=new_event, | types",
    "events?camera= | camera", "events?camera=a,,b | camera", "events?camera=no.dots | no.dots",
    "events?min_risk= | min_risk", "events?min_risk=101 | 101", "events?min_risk=-1 | -1",
    "events?min_risk=high | high", "events?min_risk=1.5 | 1.5", "events?types=detection&types=new_event | types",
    "events?camera=a&camera=b | camera", "events?min_risk=1&min_risk=1 | min_risk", "events?types | types",
    "events?Types=detection | Types", "events?token=x | token", "events?types=%zz | ''", "events?camera=%ff | camera",
    "system?types=new_event | new_event", "system?min_risk=many | many"})
  void whatThereIsNotIsRefusedAndNamedInEachForm(String query, String named) {
    try (var socket = RawSocket.connect(server.port())) {
      socket.sendHandshake("/ws/" + query, "Connection: close");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ").containsIgnoringCase("application/problem+json");
      assertThat(body(socket)).contains(named);
    }
    try (var socket = RawSocket.connect(server.port())) {
      socket.send("GET /api/stream/" + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ").containsIgnoringCase("application/problem+json");
      assertThat(body(socket)).contains(named);
    }
    assertThat(server.events().connections()).isEmpty();
  }

  @Test
  void aPlainClientThatAsksForUpdatesIsRefusedAndTheOthersAreNot() {
    try (var socket = RawSocket.connect(server.port())) {
      socket.sendHandshake("/ws/events?types=event_updated", "Connection: close");
      assertThat(socket.readHead()).startsWith("HTTP/1.1 400 ");
      assertThat(body(socket)).contains("event_updated", "protocol=v1");
    }
    try (var v1 = server.connect("/ws/events?types=event_updated&protocol=v1");
        var stream = SseClient.open(server.port(), "/api/stream/events?types=event_updated")) {
      v1.next("hello");
      assertThat(stream.next().type()).isEqualTo("hello");
      assertThat(server.events().broadcastNewEvent(event(1, "front", 20))).isZero();
    }
    server.awaitNobody();
  }

  @Test
  void riskIsNothingToTheGauges() {
    try (var client = server.connect("/ws/system?min_risk=90")) {
      assertThat(server.system().broadcastGpuStats(Examples.GPU_STATS)).isEqualTo(1);
      assertThat(client.next().get("type").stringValue()).isEqualTo("gpu_stats");
    }
    server.awaitNobody();
  }

  @Test
  void numbersHaveGapsWhereTheFilterHidesSomething() {
    try (var client = server.connect("/ws/events?min_risk=60&types=new_event", "porchlight.v1")) {
      long seq = client.next().get("data").get("seq").longValue();
      var seen = new ArrayList<Long>();
      int _ = broadcastAll();
      seen.add(client.next().get("seq").longValue());
      seen.add(client.next().get("seq").longValue());
      assertThat(seen).containsExactly(seq + 2, seq + 3);
    }
    server.awaitNobody();
  }

  private static int broadcastAll() {
    return server.events().broadcastNewEvent(event(1, "front", 20))
        + server.events().broadcastNewEvent(event(2, "front", 80))
        + server.events().broadcastNewEvent(event(3, "back", 60))
        + server.events().broadcastDetection(detection(1, "front"))
        + server.events().broadcastDetection(detection(2, "back"));
  }

  private static NewEvent event(long id, String camera, int risk) {
    RiskLevel level = risk < 30 ? RiskLevel.LOW : risk < 85 ? RiskLevel.HIGH : RiskLevel.CRITICAL;
    return new NewEvent(id, camera, risk, level, "s", "r", Examples.NOON, Examples.NOON);
  }

  private static Detection detection(long id, String camera) {
    return new Detection(id, camera, "person", 0.5, Examples.NOON, 1, 2, 3, 4);
  }

  private static String body(RawSocket socket) {
    return new String(socket.readToEnd(), StandardCharsets.UTF_8);
  }

  private static String name(JsonNode message) {
    return name(message.get("type").stringValue(), message.get("data"));
  }

  private static String name(String type, JsonNode data) {
    return (type.equals("detection") ? "d" : "e") + data.get("id").longValue();
  }
}
