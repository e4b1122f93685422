package dev.porchlight.risk;

import dev.porchlight.risk.Model.Failure;
import dev.porchlight.risk.ShotChoice.ChosenShot;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Chat completions as OpenAI has them, not streamed. */
final class OpenAiProtocol implements CompletionProtocol {
  /** A verdict takes some hundred; a model that thinks aloud first takes more. */
  private static final int MOST_TOKENS = 2_048;
  private static final double TEMPERATURE = 0.2;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String path;
  private final String model;

  /**
   * Speaks to a server.
   *
   * @param basePath of its address: with or without {@code /v1} at its end
   * @param model    empty for the server's own
   */
  OpenAiProtocol(String basePath, String model) {
    this.path = (basePath.replaceAll("/+$", "").endsWith("/v1") ? "" : "/v1") + "/chat/completions";
    this.model = model;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public byte[] request(List<ChatTurn> turns, AnswerForm form) {
    ObjectNode request = JSON.createObjectNode();
    if (!model.isEmpty()) {
      request.put("model", model);
    }
    ArrayNode messages = request.putArray("messages");
    for (ChatTurn turn : turns) {
      ObjectNode message = messages.addObject().put("role", turn.role());
      if (turn.pictures().isEmpty()) {
        message.put("content", turn.text());
      } else {
        ArrayNode parts = message.putArray("content");
        parts.addObject().put("type", "text").put("text", turn.text());
        for (ChosenShot picture : turn.pictures()) {
          parts.addObject()
              .put("type", "image_url")
              .putObject("image_url")
              .put("url", "data:image/jpeg;base64," + Base64.getEncoder().encodeToString(picture.shot().jpeg()));
        }
      }
    }
    request.put("temperature", TEMPERATURE).put("max_tokens", MOST_TOKENS).put("stream", false);
    switch (form) {
      case SCHEMA -> request.putObject("response_format")
          .put("type", "json_schema")
          .putObject("json_schema")
          .put("name", "verdict")
          .put("strict", true)
          .set("schema", VerdictSchema.schema(JSON));
      case OBJECT -> request.putObject("response_format").put("type", "json_object");
      case WORDS -> {
        // The prompt says it.
      }
    }
    return JSON.writeValueAsBytes(request);
  }

  @Override
  public Completion completion(byte[] body) {
    JsonNode answer = parse(body);
    JsonNode choice = answer.path("choices").path(0);
    JsonNode content = choice.path("message").path("content");
    if (!content.isString() && !content.isNull()) {
      throw new ModelException(Failure.BAD_ANSWER, "the server's answer is no chat completion", null);
    }
    // A model that thinks may have put all of it into another field and left this one null.
    String text = content.isString() ? content.stringValue() : "";
    JsonNode usage = answer.path("usage");
    return new Completion(text, "length".equals(choice.path("finish_reason").asString("")),
        count(usage.path("prompt_tokens")), count(usage.path("completion_tokens")));
  }

  static JsonNode parse(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (JacksonException e) {
      throw new ModelException(Failure.BAD_ANSWER, "the server's answer is no JSON", e);
    }
  }

  static @Nullable Long count(JsonNode node) {
    return node.isIntegralNumber() && node.longValue() >= 0 ? node.longValue() : null;
  }
}
