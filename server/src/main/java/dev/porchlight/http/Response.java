package dev.porchlight.http;

import dev.porchlight.json.Json;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;

/** What a handler answers; an answer without a type has no body. */
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

  /** Done, and there is nothing to say. */
  public static Response empty() {
    return new Response(204, "", new byte[0], Map.of());
  }

  /** This answer with one more header. */
  public Response with(String header, String value) {
    var more = new HashMap<>(headers);
    more.put(header, value);
    return new Response(status, contentType, body, more);
  }
}
