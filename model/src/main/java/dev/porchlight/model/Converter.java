package dev.porchlight.model;

import dev.porchlight.model.OnnxModel.Port;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Converts a TensorFlow.js graph to ONNX. It walks back from the outputs to the input; every shape is known on the way, so shape
 * arithmetic is done here and leaves no trace in the result. Nodes keep their names. Confined to one conversion.
 */
final class Converter {
  private final TfjsGraph graph;
  private final OnnxGraph onnx = new OnnxGraph();
  private final Map<String, Value> values = new HashMap<>();

  private Converter(TfjsGraph graph) {
    this.graph = graph;
  }

  /**
   * Converts the part of {@code graph} that {@code cut} describes.
   *
   * @throws ConversionException if a node is missing or of a kind that is not supported; the message names it
   */
  static OnnxModel convert(TfjsGraph graph, Cut cut, Map<String, String> metadata) {
    return new Converter(graph).convert(cut, metadata);
  }

  private OnnxModel convert(Cut cut, Map<String, String> metadata) {
    graph.node(cut.input());
    values.put(cut.input(), new Value.Computed(cut.input(), cut.inputShape()));
    List<Port> outputs = new ArrayList<>();
    for (String output : cut.outputs()) {
      Value value = value(output);
      outputs.add(new Port(onnx.read(value), value.shape()));
    }
    Port input = new Port(cut.input(), cut.inputShape());
    return new OnnxModel(onnx.nodes(), onnx.initializers(), input, outputs, metadata);
  }

  /** The value of a node, whose inputs are converted first. The depth of the recursion is the depth of the network. */
  private Value value(String name) {
    Value value = values.get(name);
    if (value == null) {
      TfjsNode node = graph.node(name);
      List<Value> inputs = node.inputs().stream().map(this::value).toList();
      value = named(node, inputs);
      values.put(name, value);
    }
    return value;
  }

  private Value named(TfjsNode node, List<Value> inputs) {
    try {
      return convert(node, new Inputs(inputs));
    } catch (ConversionException e) {
      throw e.at(node);
    }
  }

  private Value convert(TfjsNode node, Inputs inputs) {
    String name = node.name();
    return switch (Operation.of(node)) {
      case Operation.Constant _ -> new Value.Known(name, graph.weight(name));
      case Operation.Convolution convolution -> new Convolutions(onnx).convert(name, convolution, inputs);
      case Operation.BatchNorm(float epsilon) -> new Convolutions(onnx).normalise(name, epsilon, inputs);
      case Operation.Elementwise(String op) -> new Elementwise(onnx).combine(name, op, inputs);
      case Operation.Relu6 _ -> new Elementwise(onnx).clamp(name, 0, 6, inputs);
      case Operation.Reshape _ -> new Reshaping(onnx).reshape(name, inputs);
      case Operation.Squeeze(List<Integer> axes) -> new Reshaping(onnx).squeeze(name, axes, inputs);
      case Operation.Concat _ -> new Reshaping(onnx).concat(name, inputs);
      case Operation.ShapeOf _ -> ShapeArithmetic.shapeOf(name, inputs);
      case Operation.Pick _ -> ShapeArithmetic.pick(name, inputs);
      case Operation.Pack _ -> ShapeArithmetic.pack(name, inputs);
    };
  }
}
