package dev.porchlight.model;

import java.util.List;

/** Operators that only work out shapes. Every shape is known, so their results are constants and nothing of them is emitted. */
final class ShapeArithmetic {
  private ShapeArithmetic() {}

  static Value shapeOf(String name, Inputs inputs) {
    return known(name, inputs.get(0).shape().dimensions());
  }

  /** Picks element {@code begin} out of a list; the inputs are list, begin, end and stride. */
  static Value pick(String name, Inputs inputs) {
    int[] list = Inputs.integers(inputs.get(0));
    int begin = Inputs.integer(inputs.get(1));
    if (begin < 0 || begin >= list.length) {
      throw new ConversionException("element " + begin + " of " + list.length + " cannot be picked");
    }
    return new Value.Known(name, Tensor.Ints.of(Shape.of(), list[begin]));
  }

  static Value pack(String name, Inputs inputs) {
    return known(name, inputs.values().stream().map(Inputs::integer).toList());
  }

  private static Value known(String name, List<Integer> numbers) {
    return new Value.Known(name, Tensor.Ints.vector(numbers.stream().mapToInt(Integer::intValue).toArray()));
  }
}
