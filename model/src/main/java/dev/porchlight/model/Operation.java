package dev.porchlight.model;

import java.util.List;

/** What a node of the graph does, with its attributes checked: the operators the default model is made of, and no others. */
sealed interface Operation {
  record Constant() implements Operation {}

  record Convolution(boolean depthwise, int strideDown, int strideAcross, Padding padding) implements Operation {}

  record BatchNorm(float epsilon) implements Operation {}

  /** An element-wise operator of one or more inputs that broadcast, under its ONNX name. */
  record Elementwise(String onnxName) implements Operation {}

  record Relu6() implements Operation {}

  record Reshape() implements Operation {}

  record Squeeze(List<Integer> axes) implements Operation {}

  record Concat() implements Operation {}

  /** The shape of the input, as a list of numbers. */
  record ShapeOf() implements Operation {}

  /** One number out of a list. */
  record Pick() implements Operation {}

  /** A list of single numbers. */
  record Pack() implements Operation {}

  /**
   * Reads the operation of a node.
   *
   * @throws ConversionException if the operator, or an attribute's value, is not supported
   */
  static Operation of(TfjsNode node) {
    return switch (node.op()) {
      case "Const" -> new Constant();
      case "Conv2D" -> convolution(node, false);
      case "DepthwiseConv2dNative" -> convolution(node, true);
      case "FusedBatchNorm" -> batchNorm(node);
      case "Add" -> new Elementwise("Add");
      case "BiasAdd" -> biasAdd(node);
      case "AddN" -> new Elementwise("Sum");
      case "Mul" -> new Elementwise("Mul");
      case "Relu6" -> new Relu6();
      case "Reshape" -> new Reshape();
      case "Squeeze" -> squeeze(node);
      case "ConcatV2" -> new Concat();
      case "Shape" -> new ShapeOf();
      case "StridedSlice" -> pick(node);
      case "Pack" -> pack(node);
      default -> throw new ConversionException("the operator is not supported");
    };
  }

  private static Operation convolution(TfjsNode node, boolean depthwise) {
    requireChannelsLast(node);
    require(node.integers("dilations").stream().allMatch(dilation -> dilation == 1), "dilations");
    List<Integer> strides = node.integers("strides");
    require(strides.size() == 4 && strides.get(0) == 1 && strides.get(3) == 1, "strides");
    Padding padding = switch (node.text("padding")) {
      case "SAME" -> Padding.SAME;
      case "VALID" -> Padding.VALID;
      default -> throw unsupported("padding");
    };
    return new Convolution(depthwise, strides.get(1), strides.get(2), padding);
  }

  private static Operation batchNorm(TfjsNode node) {
    requireChannelsLast(node);
    require(!node.flag("is_training", true), "is_training");
    return new BatchNorm(node.number("epsilon"));
  }

  private static Operation biasAdd(TfjsNode node) {
    requireChannelsLast(node);
    return new Elementwise("Add");
  }

  private static Operation squeeze(TfjsNode node) {
    List<Integer> axes = node.integers("squeeze_dims");
    require(!axes.isEmpty(), "squeeze_dims");
    return new Squeeze(axes);
  }

  private static Operation pick(TfjsNode node) {
    boolean plain = List.of("begin_mask", "end_mask", "ellipsis_mask", "new_axis_mask")
        .stream()
        .allMatch(mask -> node.integer(mask, 0) == 0);
    require(plain && node.integer("shrink_axis_mask", 0) == 1, "the masks");
    return new Pick();
  }

  private static Operation pack(TfjsNode node) {
    require(node.integer("axis", 0) == 0, "axis");
    return new Pack();
  }

  private static void requireChannelsLast(TfjsNode node) {
    require(node.text("data_format").equals("NHWC"), "data_format");
  }

  private static void require(boolean supported, String attribute) {
    if (!supported) {
      throw unsupported(attribute);
    }
  }

  private static ConversionException unsupported(String attribute) {
    return new ConversionException("the value of " + attribute + " is not supported");
  }
}
