package dev.porchlight.model;

import dev.porchlight.model.OnnxModel.Attribute;
import dev.porchlight.model.OnnxModel.Node;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The ONNX graph while it is built, in the order the nodes run. Confined to one conversion. */
final class OnnxGraph {
  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();

  /** Adds a node that computes {@code output} and returns that name. */
  String add(String op, String output, List<String> inputs, Attribute... attributes) {
    nodes.add(new Node(op, output, List.copyOf(inputs), List.of(attributes)));
    return output;
  }

  /** Adds a constant, unless one of this name is there already, and returns its name. */
  String constant(String name, Tensor tensor) {
    initializers.putIfAbsent(name, tensor);
    return name;
  }

  /** The name under which a node can read {@code value}; it becomes a constant of the graph if it is known. */
  String read(Value value) {
    return switch (value) {
      case Value.Known(String name, Tensor tensor) -> constant(name, tensor);
      case Value.Computed(String name, _) -> name;
    };
  }

  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  Map<String, Tensor> initializers() {
    return Collections.unmodifiableMap(initializers);
  }
}
