package dev.porchlight.model;

import java.util.List;

/** Operators that work on each element by itself, in whatever layout the elements already are. */
record Elementwise(OnnxGraph onnx) {
  /** Adds or multiplies its inputs, which broadcast; ONNX calls the operator {@code op}. */
  Value combine(String name, String op, Inputs inputs) {
    List<Value> values = inputs.values();
    Shape shape = values.stream().map(Value::shape).reduce(Shape.of(), Shape::broadcast);
    boolean channelsFirst = shape.rank() == 4 && values.stream().anyMatch(Elementwise::isChannelsFirst)
        && values.stream().allMatch(Elementwise::fitsChannelsFirst);
    Layout layout = channelsFirst ? Layout.CHANNELS_FIRST : Layout.TENSORFLOW;
    List<String> from = values.stream().map(value -> onnx.read(value, layout)).toList();
    return onnx.add(op, new Value.Computed(name, shape, layout), from);
  }

  private static boolean isChannelsFirst(Value value) {
    return value instanceof Value.Computed(_, _, Layout layout) && layout == Layout.CHANNELS_FIRST;
  }

  /** A computed value of fewer axes would broadcast against the wrong ones once the channels come first. */
  private static boolean fitsChannelsFirst(Value value) {
    return value instanceof Value.Known || value.shape().rank() == 4;
  }

  /** Keeps every element between {@code low} and {@code high}. */
  Value clamp(String name, float low, float high, Inputs inputs) {
    Value value = inputs.get(0);
    Layout layout = isChannelsFirst(value) ? Layout.CHANNELS_FIRST : Layout.TENSORFLOW;
    List<String> from = List.of(onnx.read(value, layout), bound(low), bound(high));
    return onnx.add("Clip", new Value.Computed(name, value.shape(), layout), from);
  }

  private String bound(float value) {
    return onnx.constant("bound/" + value, Tensor.Floats.of(Shape.of(), value));
  }
}
