package dev.porchlight.detection;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one inference at a time needs: tensors over buffers that are used again for each picture, input and output, so that
 * none allocates a megabyte. Confined to one thread at a time.
 */
final class Lane implements AutoCloseable {
  private final OrtSession session;
  private final BoxDecoder decoder;
  private final Resizer resizer;
  private final InputTensor picture;
  private final Map<String, OnnxTensor> inputs = new HashMap<>();
  private final List<OutputTensor> outputs = new ArrayList<>();
  private final Map<String, OnnxTensor> pinned = new HashMap<>();
  private final Set<String> copied = new HashSet<>();

  /**
   * Makes the tensors.
   *
   * @param declared the outputs as the file has them, with sides left open
   */
  Lane(OrtEnvironment environment, OrtSession session, ModelFacts declared, ModelPlan plan) throws OrtException {
    this.session = session;
    this.decoder = plan.decoder();
    this.resizer = new Resizer(plan.layout());
    this.picture = new InputTensor(environment, plan.input());
    inputs.putAll(inputs(environment, declared, plan.input(), picture));
    for (String name : decoder.outputs()) {
      TensorFacts facts = declared.output(name);
      if (facts == null) {
        throw new IllegalStateException("the plan reads an output that is not there: " + name);
      }
      OutputTensor output = OutputTensor.of(environment, facts);
      outputs.add(output);
      OnnxTensor tensor = output.pinned();
      if (tensor == null) {
        copied.add(name);
      } else {
        pinned.put(name, tensor);
      }
    }
  }

  /** What a model with a picture input is fed; all inputs but the picture are constants. */
  static Map<String, OnnxTensor> inputs(OrtEnvironment environment, ModelFacts facts, PictureInput input,
      InputTensor picture) throws OrtException {
    var inputs = new HashMap<String, OnnxTensor>();
    inputs.put(input.tensor().name(), picture.ready());
    if (facts.input(DetrFamily.SIZES) != null) {
      // The model's own pixels rather than each picture's: boxes then come as any other family's, and nothing changes.
      long[] size = {input.size().width(), input.size().height()};
      inputs.put(DetrFamily.SIZES, OnnxTensor.createTensor(environment, LongBuffer.wrap(size), new long[]{1, 2}));
    }
    return inputs;
  }

  /** The candidates in a picture, not yet suppressed, in parts of it. */
  List<Candidate> look(Picture from) throws OrtException {
    Placement placement = place(from);
    infer();
    return candidates(placement);
  }

  /** Brings a picture into the input: the first part of {@link #look}, of which each can be timed. */
  Placement place(Picture from) {
    Placement placement = resizer.into(from, picture.values());
    picture.ready();
    return placement;
  }

  /** Runs the model on what is in the input: ONNX Runtime and nothing else. */
  void infer() throws OrtException {
    // Closing the answer leaves pinned outputs open.
    try (OrtSession.Result answer = session.run(inputs, copied, pinned)) {
      for (OutputTensor output : outputs) {
        output.take(answer);
      }
    }
  }

  /** What the model said last, of a picture that lay there. */
  List<Candidate> candidates(Placement placement) {
    return decoder.decode(outputs.stream().map(OutputTensor::values).toList())
        .stream()
        .map(placement::inPicture)
        .toList();
  }

  /**
   * Looks at nothing, so that memory is allocated and code is loaded.
   *
   * @return false when what came out are no numbers: the model is broken
   */
  boolean warmUp() throws OrtException {
    infer();
    return outputs.stream().allMatch(output -> areNumbers(output.values()));
  }

  private static boolean areNumbers(FloatBuffer values) {
    for (int i = 0; i < values.limit(); i++) {
      if (!Float.isFinite(values.get(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.forEach(OutputTensor::close);
  }
}
