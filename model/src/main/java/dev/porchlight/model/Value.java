package dev.porchlight.model;

/** What a node of the TensorFlow.js graph stands for during conversion. */
sealed interface Value {
  /** The name of the TensorFlow.js node, and of the value in the ONNX graph. */
  String name();

  Shape shape();

  /** A value known at conversion time. */
  record Known(String name, Tensor tensor) implements Value {
    @Override
    public Shape shape() {
      return tensor.shape();
    }
  }

  /** A value that the ONNX graph computes. */
  record Computed(String name, Shape shape) implements Value {}
}
