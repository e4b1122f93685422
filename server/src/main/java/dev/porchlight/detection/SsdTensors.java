package dev.porchlight.detection;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What goes into a model of the default model's family, and what comes out of it. */
final class SsdTensors {
  static final int SIDE = 300;
  static final String PICTURE = "Preprocessor/sub";
  static final String OFFSETS = "Squeeze";
  static final String LOGITS = "concat_1";

  private static final long[] PICTURE_SHAPE = {1, SIDE, SIDE, 3};
  private static final long[] OFFSETS_SHAPE = {1, SsdAnchors.COUNT, 4};
  private static final long[] LOGITS_SHAPE = {1, SsdAnchors.COUNT, CocoLabels.COUNT};

  private SsdTensors() {}

  static long[] shape(String tensor) {
    return switch (tensor) {
      case PICTURE -> PICTURE_SHAPE.clone();
      case OFFSETS -> OFFSETS_SHAPE.clone();
      case LOGITS -> LOGITS_SHAPE.clone();
      default -> throw new IllegalArgumentException("no tensor is called " + tensor);
    };
  }

  /** How a model differs, a line for each tensor with what was expected and what there is; empty when it fits. */
  static List<String> mistakes(OrtSession session) throws OrtException {
    var mistakes = new ArrayList<String>();
    var inputs = session.getInputInfo();
    if (!inputs.keySet().equals(Set.of(PICTURE)) || !fits(inputs, PICTURE)) {
      mistakes.add("expected the input " + expected(PICTURE) + ", found " + found(inputs));
    }
    var outputs = session.getOutputInfo();
    for (String output : List.of(OFFSETS, LOGITS)) {
      if (!fits(outputs, output)) {
        mistakes.add("expected the output " + expected(output) + ", found " + found(outputs));
      }
    }
    return mistakes;
  }

  private static boolean fits(Map<String, NodeInfo> nodes, String tensor) {
    var node = nodes.get(tensor);
    return node != null && node.getInfo() instanceof TensorInfo info && info.type == OnnxJavaType.FLOAT
        && Arrays.equals(info.getShape(), shape(tensor));
  }

  private static String expected(String tensor) {
    return tensor + " FLOAT " + Arrays.toString(shape(tensor));
  }

  private static String found(Map<String, NodeInfo> nodes) {
    return String.join(", ", nodes.values().stream().map(SsdTensors::describe).toList());
  }

  private static String describe(NodeInfo node) {
    return node.getInfo() instanceof TensorInfo info
        ? node.getName() + " " + info.type + " " + Arrays.toString(info.getShape())
        : node.getName() + " (no tensor)";
  }
}
