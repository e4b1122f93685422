package dev.porchlight.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The fixed dimensions of a tensor, outermost first; a scalar has none. */
record Shape(List<Integer> dimensions) {
  Shape {
    dimensions = List.copyOf(dimensions);
    if (dimensions.stream().anyMatch(size -> size < 0)) {
      throw new ConversionException("a dimension is negative: " + dimensions);
    }
  }

  static Shape of(int... dimensions) {
    return new Shape(Arrays.stream(dimensions).boxed().toList());
  }

  int rank() {
    return dimensions.size();
  }

  int size(int axis) {
    return dimensions.get(axis);
  }

  /** The number of elements; 1 for a scalar. */
  int elements() {
    return dimensions.stream().reduce(1, Math::multiplyExact);
  }

  /** The axis counted from the front; a negative one is counted from the back, as TensorFlow does. */
  int axis(int axis) {
    int counted = axis < 0 ? axis + rank() : axis;
    if (counted < 0 || counted >= rank()) {
      throw new ConversionException("axis " + axis + " is outside " + this);
    }
    return counted;
  }

  /** This shape with {@code axes} in a new order: result axis {@code i} is axis {@code axes[i]} of this one. */
  Shape transpose(int... axes) {
    return new Shape(Arrays.stream(axes).map(this::size).boxed().toList());
  }

  /** This shape with ones put in front until it has {@code rank} axes, the way broadcasting reads it. */
  Shape expandTo(int rank) {
    List<Integer> expanded = new ArrayList<>(dimensions);
    while (expanded.size() < rank) {
      expanded.addFirst(1);
    }
    return new Shape(expanded);
  }

  /**
   * The shape of an element-wise result of both, by NumPy's rule.
   *
   * @throws ConversionException if the shapes do not fit
   */
  Shape broadcast(Shape other) {
    int rank = Math.max(rank(), other.rank());
    Shape left = expandTo(rank);
    Shape right = other.expandTo(rank);
    List<Integer> result = new ArrayList<>();
    for (int axis = 0; axis < rank; axis++) {
      int a = left.size(axis);
      int b = right.size(axis);
      if (a != b && a != 1 && b != 1) {
        throw new ConversionException("shapes " + this + " and " + other + " do not broadcast");
      }
      result.add(a == 1 ? b : a);
    }
    return new Shape(result);
  }

  @Override
  public String toString() {
    return dimensions.toString();
  }
}
