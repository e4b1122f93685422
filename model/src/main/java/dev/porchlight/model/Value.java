package dev.porchlight.model;

/** What a node of the TensorFlow.js graph stands for during conversion. Its shape is always given in TensorFlow's layout. */
sealed interface Value {
  /** The name of the TensorFlow.js node. */
  String name();

  Shape shape();

  /** A value known at conversion time. */
  record Known(String name, Tensor tensor) implements Value {
    @Override
    public Shape shape() {
      return tensor.shape();
    }
  }

  /** A value that the ONNX graph computes, and the layout it comes out in. */
  record Computed(String name, Shape shape, Layout layout) implements Value {}
}
