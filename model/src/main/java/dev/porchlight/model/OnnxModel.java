package dev.porchlight.model;

import java.util.List;
import java.util.Map;

/**
 * An ONNX model, reduced to what conversion produces.
 *
 * @param initializers the constants, in the order they are to be written
 * @param metadata what a consumer may ask the file about itself, in the order it is to be written
 */
record OnnxModel(List<Node> nodes, Map<String, Tensor> initializers, Port input, List<Port> outputs,
    Map<String, String> metadata) {

  /** A named float tensor that goes in or comes out. */
  record Port(String name, Shape shape) {}

  /** One operator of the default ONNX domain with a single output, after which the node is named. */
  record Node(String op, String output, List<String> inputs, List<Attribute> attributes) {}

  /** A named setting of a node. */
  sealed interface Attribute {
    String name();

    record IntegerValue(String name, long value) implements Attribute {}

    record IntegerList(String name, List<Integer> values) implements Attribute {}

    record FloatValue(String name, float value) implements Attribute {}
  }
}
