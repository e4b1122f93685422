package dev.porchlight.detection;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.TensorInfo;
import java.util.Arrays;
import java.util.List;

/**
 * One input or output of a model.
 *
 * @param shape outermost first; a side that the file leaves open is -1
 */
record TensorFacts(String name, OnnxJavaType type, List<Long> shape) {
  TensorFacts {
    shape = List.copyOf(shape);
  }

  static TensorFacts of(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo info
        ? of(node.getName(), info)
        : new TensorFacts(node.getName(), OnnxJavaType.UNKNOWN, List.of());
  }

  static TensorFacts of(String name, TensorInfo info) {
    return new TensorFacts(name, info.type, Arrays.stream(info.getShape()).boxed().toList());
  }

  int rank() {
    return shape.size();
  }

  /** A side; -1 when it is open, and when there is none. */
  int side(int axis) {
    return axis < rank() ? Math.toIntExact(shape.get(axis)) : -1;
  }

  /** Whether a batch of one has this shape, {@code expected} without the batch. */
  boolean isOneOf(long... expected) {
    return rank() == expected.length + 1 && Math.abs(side(0)) == 1
        && shape.subList(1, rank()).equals(Arrays.stream(expected).boxed().toList());
  }

  boolean isFloat() {
    return type == OnnxJavaType.FLOAT || type == OnnxJavaType.FLOAT16;
  }

  /** Whether the file says how large it is, when one picture goes in. */
  boolean isFixed() {
    return type != OnnxJavaType.UNKNOWN && rank() > 0 && shape.subList(1, rank()).stream().allMatch(side -> side > 0);
  }

  /** The shape when one picture goes in. */
  long[] forOne() {
    long[] sides = shape.stream().mapToLong(Long::longValue).toArray();
    if (sides.length > 0 && sides[0] < 0) {
      sides[0] = 1;
    }
    return sides;
  }

  @Override
  public String toString() {
    return type == OnnxJavaType.UNKNOWN ? name + " (no tensor)" : name + " " + type + " " + shape;
  }
}
