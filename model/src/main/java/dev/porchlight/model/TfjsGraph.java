package dev.porchlight.model;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A TensorFlow.js graph model: its nodes and the values of its constants, both by name.
 *
 * @see <a href="https://www.tensorflow.org/js/guide/save_load">the format</a>
 */
record TfjsGraph(Map<String, TfjsNode> nodes, Map<String, Tensor> weights) {
  /**
   * Reads a {@code model.json} and the weight shards it lists.
   *
   * @param shards the content of every shard, under the name the manifest uses
   * @throws ConversionException if the JSON is damaged, a shard is missing or too short or long, or a weight is of an unknown kind
   */
  static TfjsGraph read(byte[] modelJson, Map<String, byte[]> shards) {
    JsonNode model = parse(modelJson);
    Map<String, TfjsNode> nodes = new LinkedHashMap<>();
    model.path("modelTopology")
        .path("node")
        .valueStream()
        .map(TfjsNode::read)
        .forEach(node -> nodes.put(node.name(), node));
    if (nodes.isEmpty()) {
      throw new ConversionException("model.json holds no graph");
    }
    return new TfjsGraph(nodes, WeightReader.read(model.path("weightsManifest"), shards));
  }

  private static JsonNode parse(byte[] json) {
    try {
      return JsonMapper.shared().readTree(json);
    } catch (JacksonException e) {
      throw new ConversionException("model.json is damaged: " + e.getOriginalMessage());
    }
  }

  TfjsNode node(String name) {
    TfjsNode node = nodes.get(name);
    if (node == null) {
      throw new ConversionException("the graph has no node " + name);
    }
    return node;
  }

  Tensor weight(String name) {
    Tensor weight = weights.get(name);
    if (weight == null) {
      throw new ConversionException("the weights of " + name + " are missing");
    }
    return weight;
  }
}
