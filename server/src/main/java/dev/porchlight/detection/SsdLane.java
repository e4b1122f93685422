package dev.porchlight.detection;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What one inference at a time needs: tensors over buffers that are used again for each picture, input and output, so that
 * none allocates a megabyte. Confined to one thread at a time.
 */
final class SsdLane implements AutoCloseable {
  private final OrtSession session;
  private final SsdDecoder decoder;
  private final Stretch stretch = new Stretch(SsdTensors.SIDE);
  private final FloatBuffer picture = buffer(SsdTensors.PICTURE);
  private final FloatBuffer offsets = buffer(SsdTensors.OFFSETS);
  private final FloatBuffer logits = buffer(SsdTensors.LOGITS);
  private final Map<String, OnnxTensor> inputs;
  private final Map<String, OnnxTensor> outputs;

  SsdLane(OrtEnvironment environment, OrtSession session, SsdDecoder decoder) throws OrtException {
    this.session = session;
    this.decoder = decoder;
    this.inputs = Map.of(SsdTensors.PICTURE, tensor(environment, SsdTensors.PICTURE, picture));
    this.outputs = Map.of(SsdTensors.OFFSETS, tensor(environment, SsdTensors.OFFSETS, offsets), SsdTensors.LOGITS,
        tensor(environment, SsdTensors.LOGITS, logits));
  }

  /** The candidates in a picture, not yet suppressed. */
  List<Candidate> look(Picture from) throws OrtException {
    stretch.into(from, picture);
    run();
    return decoder.decode(offsets, logits);
  }

  /**
   * Looks at nothing, so that memory is allocated and code is loaded.
   *
   * @return false when what came out are no numbers: the model is broken
   */
  boolean warmUp() throws OrtException {
    run();
    decoder.decode(offsets, logits);
    for (int i = 0; i < logits.limit(); i++) {
      if (!Float.isFinite(logits.get(i))) {
        return false;
      }
    }
    return true;
  }

  private void run() throws OrtException {
    // Closing the result leaves pinned outputs open.
    session.run(inputs, Set.of(), outputs).close();
  }

  @Override
  public void close() {
    inputs.values().forEach(OnnxTensor::close);
    outputs.values().forEach(OnnxTensor::close);
  }

  private static OnnxTensor tensor(OrtEnvironment environment, String name, FloatBuffer buffer) throws OrtException {
    return OnnxTensor.createTensor(environment, buffer, SsdTensors.shape(name));
  }

  private static FloatBuffer buffer(String tensor) {
    int values = 1;
    for (long side : SsdTensors.shape(tensor)) {
      values = Math.multiplyExact(values, (int) side);
    }
    return ByteBuffer.allocateDirect(values * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
  }
}
