package dev.porchlight.http;

import dev.porchlight.json.Json;
import dev.porchlight.json.WireJson;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong, for the client: a problem of RFC 9457 whose {@code type} is {@code about:blank}.
 *
 * @param detail   what is wrong with this request, in one sentence
 * @param headers  further headers of the answer
 * @param reason   a word for programs, such as {@code disk_full}, where the status does not say enough; left out when null
 * @param mistakes what is wrong field by field, when the request has fields; left out of the answer when there are none
 */
public record Problem(int status, String detail, Map<String, String> headers, @Nullable String reason,
    List<Mistake> mistakes) {
  public Problem {
    headers = Map.copyOf(headers);
    mistakes = List.copyOf(mistakes);
  }

  public Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  public Problem(int status, String detail, Map<String, String> headers) {
    this(status, detail, headers, null, List.of());
  }

  /** The disk is full and the request's data is not stored; the client keeps it and sends it again later. */
  public static Problem diskFull() {
    return new Problem(507, "the disk is full; nothing was kept", Map.of("Retry-After", "30"), "disk_full", List.of());
  }

  /** All mistakes of a body at once, of status 422. */
  public static Problem of(List<Mistake> mistakes) {
    return new Problem(422, String.join("; ", mistakes.stream().map(it -> it.field() + " " + it.detail()).toList()),
        Map.of(), null, mistakes);
  }

  /**
   * What is wrong with one field of a body.
   *
   * @param field  its name, with the place within it if any: {@code areas[0][2]}
   * @param detail goes on after the field's name: {@code must be …}
   */
  public record Mistake(String field, String detail) {}

  /** The answer that carries this problem. */
  public Response response() {
    byte[] body = Json.object(json -> {
      json.writeStringProperty("type", "about:blank");
      json.writeStringProperty("title", title());
      json.writeNumberProperty("status", status);
      WireJson.text(json, "detail", detail);
      if (reason != null) {
        json.writeStringProperty("reason", reason);
      }
      if (!mistakes.isEmpty()) {
        json.writeArrayPropertyStart("errors");
        for (Mistake mistake : mistakes) {
          json.writeStartObject();
          WireJson.text(json, "field", mistake.field);
          WireJson.text(json, "detail", mistake.detail);
          json.writeEndObject();
        }
        json.writeEndArray();
      }
    });
    return new Response(status, "application/problem+json", body, headers);
  }

  private String title() {
    return switch (status) {
      case 400 -> "Bad Request";
      case 403 -> "Forbidden";
      case 404 -> "Not Found";
      case 405 -> "Method Not Allowed";
      case 408 -> "Request Timeout";
      case 409 -> "Conflict";
      case 410 -> "Gone";
      case 413 -> "Content Too Large";
      case 415 -> "Unsupported Media Type";
      case 416 -> "Range Not Satisfiable";
      case 421 -> "Misdirected Request";
      case 422 -> "Unprocessable Content";
      case 426 -> "Upgrade Required";
      case 429 -> "Too Many Requests";
      case 500 -> "Internal Server Error";
      case 503 -> "Service Unavailable";
      case 507 -> "Insufficient Storage";
      default -> "Error";
    };
  }
}
