package dev.porchlight.model;

import dev.porchlight.model.OnnxModel.Attribute;
import dev.porchlight.model.OnnxModel.Node;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The ONNX graph while it is built, in the order the nodes run. It hands out every value in the layout asked for, and so puts in a
 * transposition only where the layout really changes. Confined to one conversion.
 */
final class OnnxGraph {
  private static final List<Integer> TO_CHANNELS_FIRST = List.of(0, 3, 1, 2);
  private static final List<Integer> TO_CHANNELS_LAST = List.of(0, 2, 3, 1);

  private final List<Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final Set<String> computed = new HashSet<>();

  /** Names a value that is fed from outside. */
  Value.Computed input(String name, Shape shape) {
    computed.add(name);
    return new Value.Computed(name, shape, Layout.TENSORFLOW);
  }

  /** Adds the ONNX node that computes {@code result}, in the result's layout. */
  Value.Computed add(String op, Value.Computed result, List<String> inputs, Attribute... attributes) {
    String output = result.layout().nameOf(result.name());
    if (!computed.add(output)) {
      throw new ConversionException("the name " + output + " is used twice");
    }
    nodes.add(new Node(op, output, List.copyOf(inputs), List.of(attributes)));
    return result;
  }

  /** Adds a constant, or finds the one already there, and returns its name. */
  String constant(String name, Tensor tensor) {
    initializers.putIfAbsent(name, tensor);
    return name;
  }

  /** The ONNX name under which {@code value} can be read in {@code layout}; a constant or transposition is added as needed. */
  String read(Value value, Layout layout) {
    String name = layout.nameOf(value.name());
    return switch (value) {
      case Value.Known(_, Tensor.Floats floats) when layout == Layout.CHANNELS_FIRST ->
        constant(name, channelsFirst(floats));
      case Value.Known(_, Tensor tensor) -> constant(name, tensor);
      case Value.Computed known when known.layout() == layout || computed.contains(name) -> name;
      case Value.Computed other -> transpose(other, layout);
    };
  }

  private String transpose(Value.Computed value, Layout layout) {
    String from = value.layout().nameOf(value.name());
    List<Integer> order = layout == Layout.CHANNELS_FIRST ? TO_CHANNELS_FIRST : TO_CHANNELS_LAST;
    Value.Computed result = new Value.Computed(value.name(), value.shape(), layout);
    add("Transpose", result, List.of(from), new Attribute.IntegerList("perm", order));
    return layout.nameOf(value.name());
  }

  /** A constant that broadcasts against pictures, e.g. one number per channel, has its missing axes put in front first. */
  private static Tensor.Floats channelsFirst(Tensor.Floats tensor) {
    return tensor.reshape(tensor.shape().expandTo(4)).transpose(0, 3, 1, 2);
  }

  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  Map<String, Tensor> initializers() {
    return initializers;
  }
}
