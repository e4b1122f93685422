package dev.porchlight.bench;

import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A text that a publisher sent, to be broadcast as it is. What filters look at is read from it. */
final class PublishedMessage {
  /** A load generator writes times with leading zeros, to keep its messages at one length. */
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS)
      .build();
  private static final String UNKNOWN = "message";
  private static final String UPDATED = "event_updated";
  private static final int NO_RISK = -1;

  private PublishedMessage() {}

  /** The message of any text; one that is not of the wire's form has a type of its own. */
  static Message of(byte[] text) {
    Label label = label(text);
    return label.change() == null ? new Message(text, label, null) : Message.changed(text, text, label);
  }

  private static Label label(byte[] text) {
    try {
      JsonNode message = JSON.readTree(text);
      String type = text(message.path("type"));
      if (type != null) {
        JsonNode data = message.path("data");
        int risk = data.path("risk_score").asInt(NO_RISK);
        return new Label(type, text(data.path("camera_id")), risk,
            type.equals(UPDATED) ? new Label.Change(UPDATED, risk, false, false) : null);
      }
    } catch (JacksonException _) {
      // It is broadcast as it is.
    }
    return Label.of(UNKNOWN);
  }

  private static @Nullable String text(JsonNode node) {
    return node.isString() ? node.stringValue() : null;
  }
}
