package dev.porchlight.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The small body of a request, in memory, and the one JSON object that it must be. */
final class JsonBody {
  /** Whoever sends more has no settings to send. */
  static final int MOST_BYTES = 64 * 1024;

  private static final Set<String> TYPES = Set.of("application/json", "application/merge-patch+json");
  private static final JsonMapper JSON = JsonMapper.builder()
      .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
      .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
      .build();

  private JsonBody() {}

  /** Receives the body of a request that is {@linkplain HttpServerRequest#pause() paused}. */
  static Future<Buffer> receive(HttpServerRequest request) {
    Promise<Buffer> done = Promise.promise();
    Buffer body = Buffer.buffer();
    request.exceptionHandler(done::tryFail);
    request.handler(chunk -> {
      if (body.length() + chunk.length() > MOST_BYTES) {
        request.handler(_ -> {});
        done.tryFail(BodyFile.tooLarge(MOST_BYTES));
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> done.tryComplete(body));
    request.resume();
    return done.future();
  }

  /** True for a body that says that it is JSON. */
  static boolean isJson(String contentType) {
    return TYPES.contains(contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT));
  }

  /**
   * Reads an object; no bytes are an object without fields. What is wrong is told by its place only, since the text around
   * it may be a password.
   *
   * @throws ProblemException of status 400 when it is none, or has a field twice
   */
  static ObjectNode parse(byte[] bytes) {
    if (bytes.length == 0) {
      return JSON.createObjectNode();
    }
    JsonNode node;
    try {
      node = JSON.readTree(bytes);
    } catch (JacksonException e) {
      var at = e.getLocation();
      boolean isTwice = e.getOriginalMessage() != null && e.getOriginalMessage().startsWith("Duplicate");
      throw new ProblemException(400, "the body is not JSON as it should be"
          + (at == null ? "" : ", at line " + at.getLineNr() + ", column " + at.getColumnNr())
          + (isTwice ? ": a field is given twice" : ""));
    }
    if (node instanceof ObjectNode object) {
      return object;
    }
    throw new ProblemException(400, "the body must be a JSON object");
  }
}
