package dev.porchlight.model;

import java.util.List;

/** The inputs of a node, read as what the node needs them to be. Every getter throws {@link ConversionException} if one is not that. */
record Inputs(List<Value> values) {
  Value get(int index) {
    if (index >= values.size()) {
      throw new ConversionException("has only " + values.size() + " inputs");
    }
    return values.get(index);
  }

  Value last() {
    return get(values.size() - 1);
  }

  /** A value computed in the graph or a constant, of four axes: batch, height, width, channels. */
  Value picture(int index) {
    Value value = get(index);
    if (value.shape().rank() != 4) {
      throw new ConversionException("input " + value.name() + " is no picture, its shape is " + value.shape());
    }
    return value;
  }

  /** Constant data of {@code rank} axes. */
  Tensor.Floats weights(int index, int rank) {
    if (get(index) instanceof Value.Known(_, Tensor.Floats floats) && floats.shape().rank() == rank) {
      return floats;
    }
    throw new ConversionException("input " + get(index).name() + " is no constant of " + rank + " axes");
  }

  /** Whole numbers known at conversion time. */
  static int[] integers(Value value) {
    if (value instanceof Value.Known(_, Tensor.Ints ints)) {
      return ints.toArray();
    }
    throw new ConversionException("input " + value.name() + " holds no constant whole numbers");
  }

  /** One whole number known at conversion time. */
  static int integer(Value value) {
    int[] integers = integers(value);
    if (integers.length != 1) {
      throw new ConversionException("input " + value.name() + " holds " + integers.length + " numbers, not one");
    }
    return integers[0];
  }
}
