package dev.porchlight.model;

import dev.porchlight.model.OnnxModel.Attribute;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Operators that change the shape and no element. */
record Reshaping(OnnxGraph onnx) {
  Value reshape(String name, Inputs inputs) {
    Value value = inputs.get(0);
    Shape shape = resolve(Inputs.integers(inputs.get(1)), value.shape());
    return reshape("Reshape", name, value, shape, shape.dimensions());
  }

  /** Replaces the one {@code -1}, if there is one, by the size that keeps the number of elements. */
  private static Shape resolve(int[] wanted, Shape from) {
    int known = Arrays.stream(wanted).filter(size -> size != -1).reduce(1, Math::multiplyExact);
    int rest = known == 0 ? 0 : from.elements() / known;
    Shape shape = Shape.of(Arrays.stream(wanted).map(size -> size == -1 ? rest : size).toArray());
    if (shape.elements() != from.elements()) {
      throw new ConversionException("shape " + from + " cannot become " + Arrays.toString(wanted));
    }
    return shape;
  }

  Value squeeze(String name, List<Integer> axes, Inputs inputs) {
    Value value = inputs.get(0);
    List<Integer> dropped = axes.stream().map(value.shape()::axis).toList();
    List<Integer> kept = new ArrayList<>();
    for (int axis = 0; axis < value.shape().rank(); axis++) {
      if (!dropped.contains(axis)) {
        kept.add(value.shape().size(axis));
      } else if (value.shape().size(axis) != 1) {
        throw new ConversionException("axis " + axis + " of " + value.shape() + " is not 1 and cannot go");
      }
    }
    return reshape("Squeeze", name, value, new Shape(kept), dropped);
  }

  private Value reshape(String op, String name, Value value, Shape shape, List<Integer> argument) {
    int[] numbers = argument.stream().mapToInt(Integer::intValue).toArray();
    String constant = onnx.constant(name + "/argument", Tensor.Ints.vector(numbers));
    onnx.add(op, name, List.of(onnx.read(value), constant));
    return new Value.Computed(name, shape);
  }

  /** Joins all inputs but the last, which names the axis. */
  Value concat(String name, Inputs inputs) {
    List<Value> parts = inputs.values().subList(0, inputs.values().size() - 1);
    Shape first = inputs.get(0).shape();
    int axis = first.axis(Inputs.integer(inputs.last()));
    Shape shape = parts.stream().map(Value::shape).reduce((joined, next) -> joined(joined, next, axis)).orElse(first);
    onnx.add("Concat", name, parts.stream().map(onnx::read).toList(), new Attribute.IntegerValue("axis", axis));
    return new Value.Computed(name, shape);
  }

  private static Shape joined(Shape left, Shape right, int axis) {
    List<Integer> sizes = new ArrayList<>(left.dimensions());
    List<Integer> added = new ArrayList<>(right.dimensions());
    if (added.size() == sizes.size()) {
      sizes.set(axis, left.size(axis) + right.size(axis));
      added.set(axis, sizes.get(axis));
    }
    if (!added.equals(sizes)) {
      throw new ConversionException("shapes " + left + " and " + right + " do not join along axis " + axis);
    }
    return new Shape(sizes);
  }
}
