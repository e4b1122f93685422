package dev.porchlight.model;

/** The order of a picture's axes in the ONNX graph. A value in another layout than TensorFlow's carries a suffix to its name. */
enum Layout {
  /** As TensorFlow has it; for a picture: batch, height, width, channels. */
  TENSORFLOW(""),
  /** Batch, channels, height, width: what ONNX convolutions work on. */
  CHANNELS_FIRST("/channels-first");

  private final String suffix;

  Layout(String suffix) {
    this.suffix = suffix;
  }

  String nameOf(String node) {
    return node + suffix;
  }
}
