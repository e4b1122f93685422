package dev.porchlight.model;

import dev.porchlight.model.OnnxModel.Attribute;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Writes an {@link OnnxModel} as the bytes of an {@code .onnx} file. The same model always gives the same bytes. Field numbers are those
 * of <a href="https://github.com/onnx/onnx/blob/main/onnx/onnx.proto">onnx.proto</a>.
 */
final class OnnxWriter {
  private static final int IR_VERSION = 9;
  private static final int OPERATOR_SET = 18;
  private static final int FLOAT = 1;
  private static final int INT64 = 7;

  private OnnxWriter() {}

  static byte[] write(OnnxModel model) {
    ProtoWriter message = new ProtoWriter().integer(1, IR_VERSION)
        .text(2, "porchlight")
        .message(7, graph(model))
        .message(8, new ProtoWriter().text(1, "").integer(2, OPERATOR_SET));
    model.metadata()
        .forEach((key, value) -> message.message(14, new ProtoWriter().text(1, key).text(2, value)));
    return message.toByteArray();
  }

  private static ProtoWriter graph(OnnxModel model) {
    ProtoWriter graph = new ProtoWriter();
    model.nodes().forEach(node -> graph.message(1, node(node)));
    graph.text(2, "porchlight");
    model.initializers().forEach((name, tensor) -> graph.message(5, tensor(name, tensor)));
    graph.message(11, port(model.input()));
    model.outputs().forEach(output -> graph.message(12, port(output)));
    return graph;
  }

  private static ProtoWriter node(OnnxModel.Node node) {
    ProtoWriter message = new ProtoWriter();
    node.inputs().forEach(input -> message.text(1, input));
    message.text(2, node.output()).text(3, node.output()).text(4, node.op());
    node.attributes().forEach(attribute -> message.message(5, attribute(attribute)));
    return message;
  }

  /** The last field names the type of the value, which stands in a field of its own for each type. */
  private static ProtoWriter attribute(Attribute attribute) {
    ProtoWriter message = new ProtoWriter().text(1, attribute.name());
    return switch (attribute) {
      case Attribute.FloatValue(_, float value) -> message.number(2, value).integer(20, 1);
      case Attribute.IntegerValue(_, long value) -> message.integer(3, value).integer(20, 2);
      case Attribute.IntegerList(_, var values) -> {
        values.forEach(value -> message.integer(8, value));
        yield message.integer(20, 7);
      }
    };
  }

  private static ProtoWriter tensor(String name, Tensor tensor) {
    ProtoWriter message = new ProtoWriter();
    tensor.shape().dimensions().forEach(size -> message.integer(1, size));
    return switch (tensor) {
      case Tensor.Floats floats -> message.integer(2, FLOAT).text(8, name).bytes(9, raw(floats));
      case Tensor.Ints ints -> message.integer(2, INT64).text(8, name).bytes(9, raw(ints));
    };
  }

  private static byte[] raw(Tensor.Floats tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(tensor.shape().elements() * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(tensor.values().duplicate());
    return bytes.array();
  }

  /** ONNX takes shapes and axes as 64-bit numbers, where TensorFlow.js keeps 32. */
  private static byte[] raw(Tensor.Ints tensor) {
    ByteBuffer bytes = ByteBuffer.allocate(tensor.shape().elements() * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int value : tensor.toArray()) {
      bytes.putLong(value);
    }
    return bytes.array();
  }

  private static ProtoWriter port(OnnxModel.Port port) {
    ProtoWriter shape = new ProtoWriter();
    port.shape().dimensions().forEach(size -> shape.message(1, new ProtoWriter().integer(1, size)));
    ProtoWriter tensorType = new ProtoWriter().integer(1, FLOAT).message(2, shape);
    return new ProtoWriter().text(1, port.name()).message(2, new ProtoWriter().message(1, tensorType));
  }
}
