package dev.porchlight.model;

import java.nio.FloatBuffer;
import java.nio.IntBuffer;

/** A tensor whose values are known at conversion time: a weight, or the result of shape arithmetic. Row-major, never changed. */
sealed interface Tensor {
  Shape shape();

  /** Data: weights and biases. */
  record Floats(Shape shape, FloatBuffer values) implements Tensor {
    public Floats {
      values = values.asReadOnlyBuffer();
      requireSize(shape, values.remaining());
    }

    static Floats of(Shape shape, float... values) {
      return new Floats(shape, FloatBuffer.wrap(values));
    }

    /** The same values under another shape of the same size. */
    Floats reshape(Shape target) {
      return new Floats(target, values);
    }

    /** The values with their axes in a new order: result axis {@code i} is axis {@code axes[i]} of this tensor. */
    Floats transpose(int... axes) {
      Shape target = shape.transpose(axes);
      int[] steps = stepsAlong(axes);
      int[] position = new int[axes.length];
      float[] result = new float[values.remaining()];
      int source = 0;
      for (int i = 0; i < result.length; i++) {
        result[i] = values.get(source);
        for (int axis = axes.length - 1; axis >= 0; axis--) {
          source += steps[axis];
          if (++position[axis] < target.size(axis)) {
            break;
          }
          source -= steps[axis] * target.size(axis);
          position[axis] = 0;
        }
      }
      return of(target, result);
    }

    /** How far apart neighbours along each of {@code axes} lie in the row-major values. */
    private int[] stepsAlong(int... axes) {
      int[] rowMajor = new int[shape.rank()];
      int step = 1;
      for (int axis = shape.rank() - 1; axis >= 0; axis--) {
        rowMajor[axis] = step;
        step *= shape.size(axis);
      }
      int[] steps = new int[axes.length];
      for (int i = 0; i < axes.length; i++) {
        steps[i] = rowMajor[axes[i]];
      }
      return steps;
    }
  }

  /** Shapes, axes and indices. */
  record Ints(Shape shape, IntBuffer values) implements Tensor {
    public Ints {
      values = values.asReadOnlyBuffer();
      requireSize(shape, values.remaining());
    }

    static Ints of(Shape shape, int... values) {
      return new Ints(shape, IntBuffer.wrap(values));
    }

    /** A list of numbers, as ONNX takes shapes and axes. */
    static Ints vector(int... values) {
      return of(Shape.of(values.length), values);
    }

    int[] toArray() {
      int[] copy = new int[values.remaining()];
      values.duplicate().get(copy);
      return copy;
    }
  }

  private static void requireSize(Shape shape, int values) {
    if (shape.elements() != values) {
      throw new ConversionException("a tensor of shape " + shape + " cannot hold " + values + " values");
    }
  }
}
