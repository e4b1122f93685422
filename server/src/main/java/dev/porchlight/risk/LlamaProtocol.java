package dev.porchlight.risk;

import dev.porchlight.risk.Model.Failure;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The native completions of llama.cpp's server, {@code POST /completion}: text alone, held to the form by a grammar. */
final class LlamaProtocol implements CompletionProtocol {
  private static final int MOST_TOKENS = 2_048;
  private static final double TEMPERATURE = 0.2;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final String path;

  /** @param basePath of the server's address; {@code /v1} at its end belongs to the other protocol */
  LlamaProtocol(String basePath) {
    this.path = basePath.replaceAll("/+$", "").endsWith("/v1") ? "/../completion" : "/completion";
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public byte[] request(List<ChatTurn> turns, AnswerForm form) {
    String prompt = turns.stream()
        .map(turn -> turn.role().toUpperCase(Locale.ROOT) + ":\n" + turn.text())
        .collect(Collectors.joining("\n\n")) + "\n\nASSISTANT:\n";
    ObjectNode request = JSON.createObjectNode()
        .put("prompt", prompt)
        .put("n_predict", MOST_TOKENS)
        .put("temperature", TEMPERATURE)
        .put("cache_prompt", true)
        .put("stream", false);
    if (form == AnswerForm.SCHEMA) {
      request.set("json_schema", VerdictSchema.schema(JSON));
    }
    return JSON.writeValueAsBytes(request);
  }

  @Override
  public Completion completion(byte[] body) {
    JsonNode answer = OpenAiProtocol.parse(body);
    JsonNode content = answer.path("content");
    if (!content.isString()) {
      throw new ModelException(Failure.BAD_ANSWER, "the server's answer is no completion", null);
    }
    // Newer servers say why they stopped, older ones had a flag for each reason.
    boolean isCut = "limit".equals(answer.path("stop_type").asString(""))
        || answer.path("stopped_limit").asBoolean(false);
    return new Completion(content.stringValue(), isCut, OpenAiProtocol.count(answer.path("tokens_evaluated")),
        OpenAiProtocol.count(answer.path("tokens_predicted")));
  }
}
