package dev.porchlight.live;

import dev.porchlight.WireSchemas;
import dev.porchlight.WireSchemas.Dialect;
import dev.porchlight.WireSchemas.Example;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.engine.SlowRule;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import static dev.porchlight.WireSchemas.Dialect.PLAIN;
import static dev.porchlight.WireSchemas.Dialect.SSE;
import static dev.porchlight.WireSchemas.Dialect.V1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * {@code docs/asyncapi.yaml} describes what is sent, and nothing else. Seen to fail for an {@code event_updated} without
 * {@code reviewed}.
 */
class AsyncApiTest {
  private static final String EVENTS = "/ws/events";
  private static final String SYSTEM = "/ws/system";
  private static final String EVENT_STREAM = "/api/stream/events";
  private static final WireSchemas SCHEMAS = WireSchemas.load();
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final EventBroadcaster events = new EventBroadcaster(Examples.channel(SlowRule.CLOSE));
  private final SystemBroadcaster system = new SystemBroadcaster(Examples.channel(SlowRule.LATEST));
  private final RecordingConnection connection = new RecordingConnection();

  @TestFactory
  Stream<DynamicTest> anExampleOfTheDocumentIsAsItsSchemaSays() {
    return eachExample(example -> assertThat(violations(example, example.message())).isEmpty());
  }

  @Test
  void eachFormOfAChannelIsDescribed() {
    assertThat(SCHEMAS.examples())
        .extracting(example -> example.dialect() + " " + example.path() + " " + example.type())
        .contains("PLAIN /ws/events new_event", "PLAIN /ws/events detection", "PLAIN /ws/system gpu_stats",
            "PLAIN /ws/system camera_status", "V1 /ws/events new_event", "V1 /ws/events detection",
            "V1 /ws/events event_updated", "V1 /ws/events hello", "V1 /ws/events resumed", "V1 /ws/events heartbeat",
            "V1 /ws/system gpu_stats", "V1 /ws/system camera_status", "V1 /ws/system hello", "V1 /ws/system resumed",
            "V1 /ws/system heartbeat", "SSE /api/stream/events new_event", "SSE /api/stream/events detection",
            "SSE /api/stream/events event_updated", "SSE /api/stream/events hello", "SSE /api/stream/events resumed",
            "SSE /api/stream/events heartbeat", "SSE /api/stream/system gpu_stats",
            "SSE /api/stream/system camera_status", "SSE /api/stream/system hello", "SSE /api/stream/system resumed",
            "SSE /api/stream/system heartbeat");
  }

  @TestFactory
  Stream<DynamicTest> aMessageWithAFieldLeftOutAddedOrOfAnotherTypeIsRefused() {
    return eachExample(example -> {
      String data = example.dialect() == SSE
          ? example.message().substring(example.message().indexOf('{')).strip()
          : JSON.readTree(example.message()).get("data").toString();
      for (String field : JSON.readTree(data).propertyNames()) {
        assertRefused(example, data, object(data).without(List.of(field)));
        assertRefused(example, data, object(data).set(field, JSON.createArrayNode()));
      }
      assertRefused(example, data, object(data).put("more", 1));
    });
  }

  @Test
  void whatTheBroadcastersSendIsAsTheDocumentSays() {
    events.connect(connection);
    system.connect(connection);

    events.broadcastNewEvent(Examples.NEW_EVENT);
    events.broadcastDetection(Examples.DETECTION);
    assertSent(EVENTS, 2);
    system.broadcastGpuStats(Examples.GPU_STATS);
    system.broadcastCameraStatus(Examples.CAMERA_STATUS);
    assertSent(SYSTEM, 2);
  }

  @Test
  void anUpdateIsAsTheDocumentSays() {
    for (EventUpdate update : List.of(new EventUpdate(Examples.NEW_EVENT, false, null),
        new EventUpdate(Examples.NEW_EVENT, true, "right"), new EventUpdate(Examples.NEW_EVENT, true, "false_alarm"),
        new EventUpdate(Examples.NEW_EVENT, true, "missed"))) {
      String plain = new String(Messages.of(update).text(), UTF_8);

      SCHEMAS.check(EVENTS, V1, plain.substring(0, plain.length() - 1) + ",\"seq\":7}");
    }
  }

  @Test
  void whatIsNotKnownOrNotFiniteIsAsTheDocumentSays() {
    events.connect(connection);
    system.connect(connection);

    events.broadcastDetection(new Detection(1, "c", "dog", Double.NaN, Examples.NOON, 0, 0, 0, 0));
    assertSent(EVENTS, 1);
    system.broadcastGpuStats(new GpuStats(null, null, null, null, null, Examples.NOON));
    system.broadcastGpuStats(new GpuStats(Double.NaN, 0L, Long.MAX_VALUE, Double.NEGATIVE_INFINITY, 0.1 + 0.2,
        Examples.NOON));
    system.broadcastCameraStatus(new CameraStatus("c", CameraState.OFFLINE, null));
    assertSent(SYSTEM, 3);
  }

  @Test
  void aConfidenceIsAsTheDocumentSaysWhateverItsBinaryFraction() {
    events.connect(connection);

    for (int i = 0; i <= 1000; i++) {
      events.broadcastDetection(new Detection(1, "c", "dog", i / 997.0 % 1, Examples.NOON, 0, 0, 1, 1));
    }

    assertSent(EVENTS, 1001);
  }

  @Test
  void anyTextAndAnyTimeIsAsTheDocumentSays() {
    events.connect(connection);
    var first = Instant.parse("0001-01-01T00:00:00Z");
    var last = Instant.parse("9999-12-31T23:59:59.999999Z");

    for (String text : List.of("", "x".repeat(100_000), "\"\\ \u0000 \u2028 äöü 🚪", "lone \uD83D and \uDEAA")) {
      events.broadcastNewEvent(new NewEvent(1, "c", 0, RiskLevel.LOW, text, text, first, last));
    }

    assertSent(EVENTS, 4);
  }

  @TestFactory
  Stream<DynamicTest> aMessageThatIsNotAsPromisedIsRefused() {
    return Stream.of(wrong("a time without Z", EVENTS, PLAIN, "new_event", ":00:00Z", ":00:00"),
        wrong("a time with an offset", EVENTS, PLAIN, "new_event", ":00:00Z", ":00:00+00:00"),
        wrong("a time with nanoseconds", EVENTS, PLAIN, "new_event", ":00:00Z", ":00:00.000000001Z"),
        wrong("a fraction of nothing", EVENTS, PLAIN, "new_event", ":00:00Z", ":00:00.000Z"),
        wrong("a month that is none", EVENTS, PLAIN, "new_event", "2025-12-23T12:00", "2025-13-23T12:00"),
        wrong("a score over 100", EVENTS, PLAIN, "new_event", ":75,", ":101,"),
        wrong("a score with a fraction", EVENTS, PLAIN, "new_event", ":75,", ":75.5,"),
        wrong("a level of another name", EVENTS, PLAIN, "new_event", "\"high\"", "\"HIGH\""),
        wrong("no summary", EVENTS, PLAIN, "new_event", "\"Person detected at front door\"", "null"),
        wrong("an id that browsers round", EVENTS, PLAIN, "new_event", "\"id\":1,", "\"id\":9007199254740992,"),
        wrong("an id as text", EVENTS, PLAIN, "new_event", "\"id\":1,", "\"id\":\"1\","),
        wrong("a camera that cannot be", EVENTS, PLAIN, "new_event", "cam-123", "front door"),
        wrong("half a surrogate", EVENTS, PLAIN, "new_event", "Person", "\\ud83d"),
        wrong("confidence with 5 decimals", EVENTS, PLAIN, "detection", "0.95", "0.95001"),
        wrong("confidence over 1", EVENTS, PLAIN, "detection", "0.95", "1.0001"),
        wrong("confidence as text", EVENTS, PLAIN, "detection", "0.95", "\"0.95\""),
        wrong("a box with half pixels", EVENTS, PLAIN, "detection", ":100,", ":100.5,"),
        wrong("a box outside the picture", EVENTS, PLAIN, "detection", ":100,", ":-1,"),
        wrong("memory with a fraction", SYSTEM, PLAIN, "gpu_stats", "12345678900", "12345678900.5"),
        wrong("a gauge without its time", SYSTEM, PLAIN, "gpu_stats", "\"2025-12-23T12:00:00Z\"", "null"),
        wrong("a number that JSON has not", SYSTEM, PLAIN, "gpu_stats", "75.5", "NaN"),
        wrong("another status", SYSTEM, PLAIN, "camera_status", "online", "asleep"),
        wrong("seq in a plain message", EVENTS, PLAIN, "new_event", "{\"type\"", "{\"seq\":1,\"type\""),
        wrong("snapshot in a plain message", SYSTEM, PLAIN, "gpu_stats", "{\"type\"", "{\"snapshot\":true,\"type\""),
        wrong("a type that is none", EVENTS, PLAIN, "new_event", "new_event", "old_event"),
        wrong("a type of the other channel", EVENTS, PLAIN, "new_event", "new_event", "gpu_stats"),
        wrong("no type", EVENTS, PLAIN, "new_event", "\"type\":\"new_event\",", ""),
        wrong("the type of another's data", EVENTS, PLAIN, "new_event", "new_event", "detection"),
        wrong("a field twice", EVENTS, PLAIN, "new_event", "{\"type\"", "{\"type\":\"new_event\",\"type\""),
        wrong("two messages in one", EVENTS, PLAIN, "new_event", "}}", "}}{}"),
        wrong("no message", EVENTS, PLAIN, "new_event", "{", "["),
        wrong("an update to a plain client", EVENTS, PLAIN, "new_event", "new_event", "event_updated"),
        wrong("a v1 message without seq", EVENTS, V1, "new_event", "\"seq\":1042,", ""),
        wrong("a v1 message numbered 0", EVENTS, V1, "new_event", "\"seq\":1042", "\"seq\":0"),
        wrong("seq that browsers round", EVENTS, V1, "new_event", "\"seq\":1042", "\"seq\":9007199254740992"),
        wrong("an event as a snapshot", EVENTS, V1, "new_event", "\"seq\":1042", "\"snapshot\":true"),
        wrong("a snapshot with seq", SYSTEM, V1, "gpu_stats", "\"snapshot\":true", "\"seq\":1,\"snapshot\":true"),
        wrong("no snapshot and no seq", SYSTEM, V1, "gpu_stats", "\"snapshot\":true", "\"snapshot\":false"),
        wrong("hello with seq", EVENTS, V1, "hello", "{\"type\"", "{\"seq\":1,\"type\""),
        wrong("an epoch of two words", EVENTS, V1, "hello", "5f2c91d0", "5f2c 91d0"),
        wrong("recovered, and what is held", EVENTS, V1, "resumed", "\"from\":1042,\"to\"", "\"first\":1042,\"last\""),
        wrong("not recovered, and what follows", EVENTS, V1, "resumed", "true", "false"),
        wrong("heartbeat with seq", EVENTS, V1, "heartbeat", "{\"type\"", "{\"seq\":1,\"type\""),
        wrong("an event of SSE without id", EVENT_STREAM, SSE, "new_event", "id: 5f2c91d0:1042\n", ""),
        wrong("an id of SSE without epoch", EVENT_STREAM, SSE, "new_event", "5f2c91d0:", ""),
        wrong("hello of SSE without id", EVENT_STREAM, SSE, "hello", "id: 5f2c91d0:1041\n", ""),
        wrong("heartbeat of SSE without id", EVENT_STREAM, SSE, "heartbeat", "id: 5f2c91d0:1043\n", ""),
        wrong("resumed with an id", EVENT_STREAM, SSE, "resumed", "data:", "id: 5f2c91d0:1\ndata:"),
        wrong("an event of SSE without type", EVENT_STREAM, SSE, "new_event", "event: new_event\n", ""),
        wrong("an envelope in SSE", EVENT_STREAM, SSE, "new_event", "{", "{\"type\":\"new_event\","));
  }

  /** A row of the table: the document's first example of a message, wrong in one place. */
  private static DynamicTest wrong(String what, String path, Dialect dialect, String type, String find, String put) {
    return DynamicTest.dynamicTest(what, () -> {
      Example example = SCHEMAS.examples()
          .stream()
          .filter(it -> it.path().equals(path) && it.dialect() == dialect && it.type().equals(type))
          .findFirst()
          .orElseThrow();
      assertThat(example.message()).contains(find);

      assertThat(violations(example, example.message().replace(find, put))).isNotEmpty();
    });
  }

  private static void assertRefused(Example example, String data, ObjectNode wrong) {
    String message = example.message().replace(data, wrong.toString());
    assertThat(message).isNotEqualTo(example.message());
    assertThat(violations(example, message)).as(message).isNotEmpty();
  }

  /** Holds all that has come against a channel's schemas. */
  private void assertSent(String path, int count) {
    List<String> sent = connection.takeTexts();
    assertThat(sent).hasSize(count).allSatisfy(message -> SCHEMAS.check(path, PLAIN, message));
  }

  private static Stream<DynamicTest> eachExample(Consumer<Example> test) {
    return SCHEMAS.examples()
        .stream()
        .map(it -> DynamicTest.dynamicTest(it.dialect() + " " + it.path() + " " + it.message(), () -> test.accept(it)));
  }

  private static List<String> violations(Example example, String message) {
    return SCHEMAS.violations(example.path(), example.dialect(), message);
  }

  private static ObjectNode object(String json) {
    return (ObjectNode) JSON.readTree(json);
  }
}
