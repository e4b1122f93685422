package dev.porchlight.detection;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Finds out what a model is. A file that leaves sides of its outputs open is run once, to see how large they become. */
final class ModelProbe {
  private ModelProbe() {}

  /**
   * How a model is to be used.
   *
   * @param facts as its file has them
   * @throws ModelException when it cannot be
   */
  static ModelPlan plan(OrtEnvironment environment, OrtSession session, ModelFacts facts, DetectionConfig config)
      throws OrtException {
    ModelChoice choice = config.model();
    PictureInput input = PictureInput.of(facts, choice.inputSize());
    ModelFacts measured = facts.outputs().stream().allMatch(TensorFacts::isFixed)
        ? facts
        : measured(environment, session, facts, input);
    var labels = LabelSource.of(choice.labels(), facts.metadata());
    return Family.choose(choice.family(), new ModelView(measured, input, labels, config.threshold()));
  }

  private static ModelFacts measured(OrtEnvironment environment, OrtSession session, ModelFacts facts,
      PictureInput input) throws OrtException {
    Map<String, OnnxTensor> inputs = Lane.inputs(environment, facts, input, new InputTensor(environment, input));
    try (OrtSession.Result answer = run(session, inputs, facts)) {
      List<TensorFacts> outputs = new ArrayList<>();
      for (var output : answer) {
        outputs.add(output.getValue().getInfo() instanceof TensorInfo info
            ? TensorFacts.of(output.getKey(), info)
            : new TensorFacts(output.getKey(), OnnxJavaType.UNKNOWN, List.of()));
      }
      return facts.withOutputs(outputs);
    } finally {
      inputs.values().forEach(OnnxTensor::close);
    }
  }

  private static OrtSession.Result run(OrtSession session, Map<String, OnnxTensor> inputs, ModelFacts facts)
      throws OrtException {
    if (!inputs.keySet().equals(session.getInputNames())) {
      throw Family.mismatch(null, facts);
    }
    return session.run(inputs);
  }
}
