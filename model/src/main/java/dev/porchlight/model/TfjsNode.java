package dev.porchlight.model;

import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/**
 * One node of a TensorFlow.js graph.
 *
 * @param inputs the names of the nodes it reads, in order, without control inputs and output numbers
 * @param attributes the JSON object of its attributes, each under the name of its type, e.g. {@code {"padding": {"s": [...]}}}
 */
record TfjsNode(String name, String op, List<String> inputs, JsonNode attributes) {
  TfjsNode {
    inputs = List.copyOf(inputs);
  }

  static TfjsNode read(JsonNode json) {
    List<String> inputs = json.path("input")
        .valueStream()
        .map(JsonNode::asString)
        .filter(input -> !input.startsWith("^"))
        .map(TfjsNode::withoutOutputNumber)
        .toList();
    return new TfjsNode(json.path("name").asString(), json.path("op").asString(), inputs, json.path("attr"));
  }

  /** Every operator converted here has one output, so {@code "conv:0"} and {@code "conv"} mean the same. */
  private static String withoutOutputNumber(String input) {
    return input.endsWith(":0") ? input.substring(0, input.length() - 2) : input;
  }

  /** The named list of whole numbers; int64 values stand as strings in the JSON. */
  List<Integer> integers(String attribute) {
    return attributes.path(attribute).path("list").path("i").valueStream().map(JsonNode::asInt).toList();
  }

  int integer(String attribute, int absent) {
    return attributes.path(attribute).path("i").asInt(absent);
  }

  /**
   * The named number.
   *
   * @throws ConversionException if it is absent: TensorFlow's defaults are not repeated here
   */
  float number(String attribute) {
    JsonNode value = attributes.path(attribute).path("f");
    if (!value.isNumber()) {
      throw new ConversionException("has no attribute " + attribute);
    }
    return value.floatValue();
  }

  boolean flag(String attribute, boolean absent) {
    return attributes.path(attribute).path("b").asBoolean(absent);
  }

  /** The named text; TensorFlow.js writes it as a list of character codes. Empty if absent. */
  String text(String attribute) {
    return attributes.path(attribute)
        .path("s")
        .valueStream()
        .map(code -> Character.toString(code.asInt()))
        .collect(Collectors.joining());
  }
}
