package dev.porchlight.http;

import dev.porchlight.json.Json;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What a handler answers. */
public record Response(int status, String contentType, Body body, Map<String, String> headers) {
  public Response {
    headers = Map.copyOf(headers);
  }

  /** An answer from memory. The array is handed over, not copied. */
  public Response(int status, String contentType, byte[] body, Map<String, String> headers) {
    this(status, contentType, new Body.Bytes(body), headers);
  }

  /** A JSON object whose fields {@code fields} writes. */
  public static Response json(int status, Consumer<JsonGenerator> fields) {
    return new Response(status, "application/json", Json.object(fields), Map.of());
  }
}
