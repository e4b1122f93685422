package dev.porchlight.it;

import dev.porchlight.app.TestServer;
import dev.porchlight.live.Examples;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class EventChannelIT {
  private static TestServer server;

  @BeforeAll
  static void start() {
    server = TestServer.start();
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void eventsWebsocketConnection() {
    try (var _ = server.connect("/ws/events")) {
      assertThat(server.events().connections()).hasSize(1);
    }
    server.awaitNobody();
  }

  @Test
  void eventsWebsocketConnectionAndDisconnect() {
    Client client = server.connect("/ws/events");
    assertThat(server.events().connections()).hasSize(1);

    client.close();

    await().until(() -> server.events().connections().isEmpty());
    assertThat(client.closeCode()).isEqualTo(1000);
  }

  @Test
  void eventsWebsocketReceiveNewEvent() {
    try (var client = server.connect("/ws/events")) {
      assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(1);

      JsonNode message = client.next();
      assertThat(message.get("type").stringValue()).isEqualTo("new_event");
      assertThat(message.get("data").get("summary").stringValue()).isEqualTo("Person detected at front door");
    }
    server.awaitNobody();
  }

  @Test
  void eventsWebsocketReceiveDetection() {
    try (var client = server.connect("/ws/events")) {
      assertThat(server.events().broadcastDetection(Examples.DETECTION)).isEqualTo(1);

      JsonNode message = client.next();
      assertThat(message.get("type").stringValue()).isEqualTo("detection");
      assertThat(message.get("data").get("bbox_height").intValue()).isEqualTo(400);
    }
    server.awaitNobody();
  }

  @Test
  void eventsWebsocketMultipleConnections() {
    try (var first = server.connect("/ws/events");
        var second = server.connect("/ws/events");
        var third = server.connect("/ws/events")) {
      assertThat(server.events().connections()).hasSize(3);
      assertThat(server.events().broadcastNewEvent(Examples.NEW_EVENT)).isEqualTo(3);

      String text = first.nextText();
      assertThat(List.of(second.nextText(), third.nextText())).containsOnly(text);
    }
    server.awaitNobody();
  }

  @Test
  void eventsWebsocketReconnection() {
    try (var first = server.connect("/ws/events")) {
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      first.next();
    }
    server.awaitNobody();
    server.events().broadcastNewEvent(Examples.NEW_EVENT);

    try (var again = server.connect("/ws/events")) {
      server.events().broadcastDetection(Examples.DETECTION);

      assertThat(again.next().get("type").stringValue()).isEqualTo("detection");
      server.events().broadcastNewEvent(Examples.NEW_EVENT);
      assertThat(again.next().get("type").stringValue()).as("nothing came before it").isEqualTo("new_event");
    }
    server.awaitNobody();
  }

  @Test
  void eventsWebsocketMessageFormatNewEvent() {
    try (var client = server.connect("/ws/events")) {
      server.events().broadcastNewEvent(Examples.NEW_EVENT);

      JsonNode message = client.next();
      assertThat(message.propertyNames()).containsExactly("type", "data");
      JsonNode data = message.get("data");
      assertThat(data.propertyNames()).containsExactly("id", "camera_id", "risk_score", "risk_level", "summary",
          "reasoning", "started_at", "ended_at");
      assertThat(data.get("id").longValue()).isEqualTo(1);
      assertThat(data.get("risk_score").intValue()).isEqualTo(75);
      assertThat(data.get("risk_level").stringValue()).isEqualTo("high");
      assertThat(Client.time(data, "started_at")).isEqualTo(Examples.NEW_EVENT.startedAt());
      assertThat(Client.time(data, "ended_at")).isEqualTo(Examples.NEW_EVENT.endedAt());
    }
    server.awaitNobody();
  }

  @Test
  void eventsWebsocketMessageFormatDetection() {
    try (var client = server.connect("/ws/events")) {
      server.events().broadcastDetection(Examples.DETECTION);

      JsonNode message = client.next();
      assertThat(message.propertyNames()).containsExactly("type", "data");
      JsonNode data = message.get("data");
      assertThat(data.propertyNames()).containsExactly("id", "camera_id", "object_type", "confidence", "detected_at",
          "bbox_x", "bbox_y", "bbox_width", "bbox_height");
      assertThat(data.get("confidence").doubleValue()).isEqualTo(0.95);
      assertThat(Client.time(data, "detected_at")).isEqualTo(Examples.NOON);
      assertThat(data.get("bbox_x").isInt()).isTrue();
    }
    server.awaitNobody();
  }
}
