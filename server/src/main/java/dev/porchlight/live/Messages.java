package dev.porchlight.live;

import dev.porchlight.json.Json;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** Encodes messages: {@code {"type": …, "data": {…}}}, UTF-8. */
final class Messages {
  private Messages() {}

  static byte[] of(String type, Consumer<JsonGenerator> data) {
    return Json.object(json -> {
      json.writeStringProperty("type", type);
      json.writeObjectPropertyStart("data");
      data.accept(json);
      json.writeEndObject();
    });
  }
}
