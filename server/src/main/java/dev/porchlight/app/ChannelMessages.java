package dev.porchlight.app;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.json.Json;
import dev.porchlight.json.WireJson;
import dev.porchlight.store.MessageEncoder;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** The messages of {@code /ws/events} as the journal keeps them: byte for byte what is broadcast. Thread-safe. */
final class ChannelMessages implements MessageEncoder {
  @Override
  public byte[] newEvent(NewEvent event) {
    return message("new_event", json -> WireJson.newEvent(json, event));
  }

  @Override
  public byte[] detection(Detection detection) {
    return message("detection", json -> WireJson.detection(json, detection));
  }

  private static byte[] message(String type, Consumer<JsonGenerator> data) {
    return Json.object(json -> {
      json.writeStringProperty("type", type);
      json.writeObjectPropertyStart("data");
      data.accept(json);
      json.writeEndObject();
    });
  }
}
