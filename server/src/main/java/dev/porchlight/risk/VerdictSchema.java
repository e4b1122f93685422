package dev.porchlight.risk;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** The form of a verdict as a JSON schema that servers of language models can make a grammar of. */
final class VerdictSchema {
  static final int LONGEST_SUMMARY = 300;
  static final int LONGEST_REASONING = 2_000;

  private VerdictSchema() {}

  static ObjectNode schema(JsonMapper json) {
    ObjectNode schema = json.createObjectNode().put("type", "object");
    ObjectNode properties = schema.putObject("properties");
    properties.putObject("risk_score").put("type", "integer").put("minimum", 0).put("maximum", 100);
    properties.putObject("reasoning").put("type", "string").put("minLength", 1).put("maxLength", LONGEST_REASONING);
    properties.putObject("summary").put("type", "string").put("minLength", 1).put("maxLength", LONGEST_SUMMARY);
    schema.putArray("required").add("risk_score").add("reasoning").add("summary");
    return schema.put("additionalProperties", false);
  }
}
