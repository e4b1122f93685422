package dev.porchlight.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Writes a small TensorFlow.js graph model the way the TensorFlow.js converter does. */
final class TinyGraph {
  static final String SHARD = "group1-shard1of1";

  /** An attribute of a node, written into the node's JSON. */
  interface Attribute extends Consumer<ObjectNode> {}

  private final ObjectNode model = JsonMapper.shared().createObjectNode();
  private final ArrayNode nodes = model.putObject("modelTopology").putArray("node");
  private final ArrayNode weights;
  private final ByteArrayOutputStream shard = new ByteArrayOutputStream();

  TinyGraph() {
    ObjectNode group = model.putArray("weightsManifest").addObject();
    group.putArray("paths").add(SHARD);
    weights = group.putArray("weights");
  }

  TinyGraph input(String name) {
    return node("Placeholder", name, List.of());
  }

  TinyGraph floats(String name, Shape shape, double... values) {
    return constant(name, shape, "float32", () -> {
      ByteBuffer bytes = littleEndian(values.length);
      for (double value : values) {
        bytes.putFloat((float) value);
      }
      return bytes;
    });
  }

  TinyGraph ints(String name, Shape shape, int... values) {
    return constant(name, shape, "int32", () -> {
      ByteBuffer bytes = littleEndian(values.length);
      for (int value : values) {
        bytes.putInt(value);
      }
      return bytes;
    });
  }

  private static ByteBuffer littleEndian(int values) {
    return ByteBuffer.allocate(values * 4).order(ByteOrder.LITTLE_ENDIAN);
  }

  private TinyGraph constant(String name, Shape shape, String type, Supplier<ByteBuffer> values) {
    ByteBuffer bytes = values.get().flip();
    while (bytes.hasRemaining()) {
      shard.write(bytes.get());
    }
    ObjectNode weight = weights.addObject().put("name", name).put("dtype", type);
    ArrayNode dimensions = weight.putArray("shape");
    shape.dimensions().forEach(dimensions::add);
    return node("Const", name, List.of());
  }

  TinyGraph node(String op, String name, List<String> inputs, Attribute... attributes) {
    ObjectNode node = nodes.addObject().put("name", name).put("op", op);
    ArrayNode from = node.putArray("input");
    inputs.forEach(from::add);
    ObjectNode attr = node.putObject("attr");
    for (Attribute attribute : attributes) {
      attribute.accept(attr);
    }
    return this;
  }

  /** Whole numbers stand as strings in the JSON, as int64 does everywhere in Protocol Buffers' JSON. */
  static Attribute integers(String name, int... values) {
    return attr -> {
      ArrayNode list = attr.putObject(name).putObject("list").putArray("i");
      for (int value : values) {
        list.add(Integer.toString(value));
      }
    };
  }

  static Attribute integer(String name, int value) {
    return attr -> attr.putObject(name).put("i", Integer.toString(value));
  }

  static Attribute number(String name, double value) {
    return attr -> attr.putObject(name).put("f", value);
  }

  static Attribute flag(String name, boolean value) {
    return attr -> attr.putObject(name).put("b", value);
  }

  static Attribute text(String name, String value) {
    return attr -> {
      ArrayNode codes = attr.putObject(name).putArray("s");
      value.chars().forEach(codes::add);
    };
  }

  /** The attributes every convolution carries. */
  static Attribute convolution(String padding, int strideDown, int strideAcross) {
    return attr -> {
      text("padding", padding).accept(attr);
      text("data_format", "NHWC").accept(attr);
      integers("strides", 1, strideDown, strideAcross, 1).accept(attr);
      integers("dilations", 1, 1, 1, 1).accept(attr);
    };
  }

  /** The last weight's entry in the manifest, to put into it what no ordinary graph has. */
  ObjectNode lastWeight() {
    return (ObjectNode) weights.get(weights.size() - 1);
  }

  byte[] modelJson() {
    return model.toString().getBytes(StandardCharsets.UTF_8);
  }

  byte[] shard() {
    return shard.toByteArray();
  }

  TfjsGraph graph() {
    return TfjsGraph.read(modelJson(), Map.of(SHARD, shard()));
  }

  /** Converts the part from {@code input} to {@code output}. */
  byte[] onnx(String input, Shape shape, String output) {
    Cut cut = new Cut(input, shape, List.of(output));
    return OnnxWriter.write(Converter.convert(graph(), cut, Map.of()));
  }
}
