package dev.porchlight.detection;

import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a model's file says about itself. */
record ModelFacts(List<TensorFacts> inputs, List<TensorFacts> outputs, Map<String, String> metadata) {
  ModelFacts {
    inputs = List.copyOf(inputs);
    outputs = List.copyOf(outputs);
    metadata = Map.copyOf(metadata);
  }

  static ModelFacts of(OrtSession session) throws OrtException {
    return new ModelFacts(session.getInputInfo().values().stream().map(TensorFacts::of).toList(),
        session.getOutputInfo().values().stream().map(TensorFacts::of).toList(),
        session.getMetadata().getCustomMetadata());
  }

  /** The same, with outputs as large as a run has shown them to be. */
  ModelFacts withOutputs(List<TensorFacts> measured) {
    return new ModelFacts(inputs, measured, metadata);
  }

  @Nullable
  TensorFacts input(String name) {
    return find(inputs, name);
  }

  @Nullable
  TensorFacts output(String name) {
    return find(outputs, name);
  }

  private static @Nullable TensorFacts find(List<TensorFacts> tensors, String name) {
    return tensors.stream().filter(tensor -> tensor.name().equals(name)).findFirst().orElse(null);
  }

  /** For people who wonder why it is refused. */
  String describe() {
    return "found " + describe("input", inputs) + " and " + describe("output", outputs);
  }

  private static String describe(String what, List<TensorFacts> tensors) {
    return "the " + what + (tensors.size() == 1 ? " " : "s ")
        + tensors.stream().map(TensorFacts::toString).collect(Collectors.joining(", "));
  }
}
