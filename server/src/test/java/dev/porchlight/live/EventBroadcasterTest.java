package dev.porchlight.live;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

class EventBroadcasterTest {
  @Test
  void connectWebsocket() throws InterruptedException {
    BroadcastSetup.each(setup -> {
      RecordingConnection connection = setup.connection();

      setup.connect(connection);

      assertThat(setup.connections()).containsExactly(connection);
      assertThat(setup.broadcast()).isEqualTo(1);
      assertThat(connection.texts()).hasSize(1);
    });
  }

  @Test
  void disconnectWebsocket() throws InterruptedException {
    BroadcastSetup.each(setup -> {
      RecordingConnection connection = setup.connected();

      setup.disconnect(connection);

      assertThat(setup.connections()).isEmpty();
      assertThat(setup.broadcast()).isZero();
      assertThat(connection.texts()).isEmpty();
    });
  }

  @Test
  void disconnectNonexistentWebsocket() throws InterruptedException {
    BroadcastSetup.each(setup -> {
      RecordingConnection stays = setup.connected();
      RecordingConnection leaves = setup.connected();

      setup.disconnect(setup.connection());
      setup.disconnect(leaves);
      setup.disconnect(leaves);

      assertThat(setup.connections()).containsExactly(stays);
    });
  }

  @Test
  void broadcastNewEventNoConnections() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      assertThat(setup.events().broadcastNewEvent(Examples.NEW_EVENT)).isZero();

      assertThat(setup.channel().read(0, 10)).singleElement()
          .extracting(message -> new String(message.text(), StandardCharsets.UTF_8))
          .asString()
          .contains("\"new_event\"");
    });
  }

  @Test
  void broadcastNewEventSingleConnection() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection connection = setup.connected();

      assertThat(setup.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(1);

      assertThat(connection.texts())
          .containsExactly("""
                           {"type":"new_event","data":{"id":1,"camera_id":"cam-123","risk_score":75,\
                           "risk_level":"high","summary":"Person detected at front door",\
                           "reasoning":"Analysis text...","started_at":"2025-12-23T12:00:00Z",\
                           "ended_at":"2025-12-23T12:01:30Z"}}""");
    });
  }

  @Test
  void broadcastNewEventMultipleConnections() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection first = setup.connected();
      RecordingConnection second = setup.connected();
      RecordingConnection third = setup.connected();

      assertThat(setup.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(3);

      assertThat(first.texts()).hasSize(1).isEqualTo(second.texts()).isEqualTo(third.texts());
    });
  }

  @Test
  void broadcastNewEventWithFailedConnection() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection first = setup.connected();
      setup.connect(setup.brokenConnection());
      RecordingConnection second = setup.connected();

      assertThat(setup.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(2 + setup.stillCounted(1));

      assertThat(first.texts()).hasSize(1).isEqualTo(second.texts());
      assertThat(setup.connections()).containsExactlyInAnyOrder(first, second);
      assertThat(setup.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(2);
    });
  }

  @Test
  void broadcastDetectionSingleConnection() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection connection = setup.connected();

      assertThat(setup.events().broadcastDetection(Examples.DETECTION)).isEqualTo(1);

      JsonNode message = connection.message();
      assertThat(message.get("type").stringValue()).isEqualTo("detection");
      assertThat(message.get("data").get("object_type").stringValue()).isEqualTo("person");
      assertThat(message.get("data").get("confidence").doubleValue()).isEqualTo(0.95);
    });
  }

  @Test
  void broadcastDetectionNoConnections() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      assertThat(setup.events().broadcastDetection(Examples.DETECTION)).isZero();

      assertThat(setup.channel().last()).isEqualTo(1);
    });
  }

  @Test
  void messageSerialization() throws InterruptedException {
    BroadcastSetup.eachOfEvents(setup -> {
      RecordingConnection connection = setup.connected();

      setup.events().broadcastNewEvent(Examples.NEW_EVENT);

      JsonNode data = connection.message().get("data");
      assertThat(Instant.parse(data.get("started_at").stringValue())).isEqualTo(Examples.NOON);
      assertThat(data.get("started_at").stringValue()).endsWith("Z");
      assertThat(data.get("risk_score").isInt()).isTrue();
    });
  }
}
