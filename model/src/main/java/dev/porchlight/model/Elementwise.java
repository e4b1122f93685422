package dev.porchlight.model;

import java.util.List;

/** Operators that work on each element by itself. */
record Elementwise(OnnxGraph onnx) {
  /** Adds or multiplies its inputs, which broadcast; ONNX calls the operator {@code op}. */
  Value combine(String name, String op, Inputs inputs) {
    Shape shape = inputs.values().stream().map(Value::shape).reduce(Shape.of(), Shape::broadcast);
    onnx.add(op, name, inputs.values().stream().map(onnx::read).toList());
    return new Value.Computed(name, shape);
  }

  /** Keeps every element between {@code low} and {@code high}. */
  Value clamp(String name, float low, float high, Inputs inputs) {
    Value value = inputs.get(0);
    onnx.add("Clip", name, List.of(onnx.read(value), bound(low), bound(high)));
    return new Value.Computed(name, value.shape());
  }

  private String bound(float value) {
    return onnx.constant("bound/" + value, Tensor.Floats.of(Shape.of(), value));
  }
}
