package dev.porchlight.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * Cuts the weight shards of a TensorFlow.js model into tensors. The shards of a group are one stream of little-endian values, in the
 * order of the manifest; a shard may end in the middle of a tensor. Quantised weights are refused: the default model has none.
 */
final class WeightReader {
  private WeightReader() {}

  static Map<String, Tensor> read(JsonNode manifest, Map<String, byte[]> shards) {
    Map<String, Tensor> weights = new HashMap<>();
    for (JsonNode group : manifest) {
      ByteBuffer values = joined(group.path("paths"), shards);
      for (JsonNode weight : group.path("weights")) {
        String name = weight.path("name").asString();
        weights.put(name, tensor(name, weight, values));
      }
      if (values.hasRemaining()) {
        throw new ConversionException(values.remaining() + " bytes of weights are left over");
      }
    }
    return weights;
  }

  private static ByteBuffer joined(JsonNode paths, Map<String, byte[]> shards) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    for (JsonNode path : paths) {
      byte[] shard = shards.get(path.asString());
      if (shard == null) {
        throw new ConversionException("weight shard " + path.asString() + " is missing");
      }
      bytes.writeBytes(shard);
    }
    return ByteBuffer.wrap(bytes.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static Tensor tensor(String name, JsonNode weight, ByteBuffer values) {
    if (weight.has("quantization")) {
      throw new ConversionException("weight " + name + " is quantised, which is not supported");
    }
    Shape shape = new Shape(weight.path("shape").valueStream().map(JsonNode::asInt).toList());
    String type = weight.path("dtype").asString();
    return switch (type) {
      case "float32" -> new Tensor.Floats(shape, next(name, shape, values).asFloatBuffer());
      case "int32" -> new Tensor.Ints(shape, next(name, shape, values).asIntBuffer());
      default -> throw new ConversionException("weight " + name + " is of type " + type + ", which is not supported");
    };
  }

  private static ByteBuffer next(String name, Shape shape, ByteBuffer values) {
    int length = Math.multiplyExact(shape.elements(), 4);
    if (values.remaining() < length) {
      throw new ConversionException(
          "weight " + name + " needs " + length + " bytes, but only " + values.remaining() + " are left");
    }
    ByteBuffer slice = values.slice(values.position(), length).order(ByteOrder.LITTLE_ENDIAN);
    values.position(values.position() + length);
    return slice;
  }
}
