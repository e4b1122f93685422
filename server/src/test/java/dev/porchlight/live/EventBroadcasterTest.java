package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.SlowRule;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class EventBroadcasterTest {
  private final Channel channel = Examples.channel(SlowRule.CLOSE);
  private final EventBroadcaster events = new EventBroadcaster(channel);

  @Test
  void connectWebsocket() {
    var connection = new RecordingConnection();

    events.connect(connection);

    assertThat(events.connections()).containsExactly(connection);
  }

  @Test
  void disconnectWebsocket() {
    var connection = new RecordingConnection();
    events.connect(connection);

    events.disconnect(connection);

    assertThat(events.connections()).isEmpty();
    events.broadcastNewEvent(Examples.NEW_EVENT);
    assertThat(connection.texts()).isEmpty();
  }

  @Test
  void disconnectNonexistentWebsocket() {
    var stays = new RecordingConnection();
    var leaves = new RecordingConnection();
    events.connect(stays);
    events.connect(leaves);

    events.disconnect(new RecordingConnection());
    events.disconnect(leaves);
    events.disconnect(leaves);

    assertThat(events.connections()).containsExactly(stays);
  }

  @Test
  void broadcastNewEventNoConnections() {
    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isZero();

    assertThat(channel.read(0, 10)).singleElement()
        .extracting(message -> new String(message.text(), StandardCharsets.UTF_8))
        .asString()
        .contains("\"new_event\"");
  }

  @Test
  void broadcastNewEventSingleConnection() {
    var connection = new RecordingConnection();
    events.connect(connection);

    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(1);

    assertThat(connection.texts()).hasSize(1);
    assertThat(connection.texts().getFirst())
        .isEqualTo("""
                   {"type":"new_event","data":{"id":1,"camera_id":"cam-123","risk_score":75,"risk_level":"high",\
                   "summary":"Person detected at front door","reasoning":"Analysis text...",\
                   "started_at":"2025-12-23T12:00:00Z","ended_at":"2025-12-23T12:01:30Z"}}""");
  }

  @Test
  void broadcastNewEventMultipleConnections() {
    var first = new RecordingConnection();
    var second = new RecordingConnection();
    var third = new RecordingConnection();
    events.connect(first);
    events.connect(second);
    events.connect(third);

    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(3);

    assertThat(first.texts()).hasSize(1).isEqualTo(second.texts()).isEqualTo(third.texts());
  }

  @Test
  void broadcastNewEventWithFailedConnection() {
    var first = new RecordingConnection();
    var dead = new BrokenConnection();
    var second = new RecordingConnection();
    events.connect(first);
    events.connect(dead);
    events.connect(second);

    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(2);

    assertThat(events.connections()).containsExactlyInAnyOrder(first, second);
    assertThat(first.texts()).hasSize(1).isEqualTo(second.texts());
    assertThat(events.broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(2);
  }

  @Test
  void broadcastDetectionSingleConnection() {
    var connection = new RecordingConnection();
    events.connect(connection);

    assertThat(events.broadcastDetection(Examples.DETECTION)).isEqualTo(1);

    JsonNode message = connection.message();
    assertThat(message.get("type").stringValue()).isEqualTo("detection");
    assertThat(message.get("data").get("object_type").stringValue()).isEqualTo("person");
    assertThat(message.get("data").get("confidence").doubleValue()).isEqualTo(0.95);
  }

  @Test
  void broadcastDetectionNoConnections() {
    assertThat(events.broadcastDetection(Examples.DETECTION)).isZero();

    assertThat(channel.last()).isEqualTo(1);
  }

  @Test
  void messageSerialization() {
    var connection = new RecordingConnection();
    events.connect(connection);

    events.broadcastNewEvent(Examples.NEW_EVENT);

    JsonNode data = connection.message().get("data");
    assertThat(Instant.parse(data.get("started_at").stringValue())).isEqualTo(Examples.NOON);
    assertThat(data.get("started_at").stringValue()).endsWith("Z");
    assertThat(data.get("risk_score").isInt()).isTrue();
  }
}
