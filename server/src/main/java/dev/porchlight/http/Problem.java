package dev.porchlight.http;

import dev.porchlight.json.Json;
import dev.porchlight.json.WireJson;
import java.util.Map;

/**
 * What went wrong, for the client: a problem of RFC 9457 whose {@code type} is {@code about:blank}.
 *
 * @param detail  what is wrong with this request, in one sentence
 * @param headers further headers of the answer
 */
public record Problem(int status, String detail, Map<String, String> headers) {
  public Problem {
    headers = Map.copyOf(headers);
  }

  public Problem(int status, String detail) {
    this(status, detail, Map.of());
  }

  /** The answer that carries this problem. */
  public Response response() {
    byte[] body = Json.object(json -> {
      json.writeStringProperty("type", "about:blank");
      json.writeStringProperty("title", title());
      json.writeNumberProperty("status", status);
      WireJson.text(json, "detail", detail);
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
      default -> "Error";
    };
  }
}
