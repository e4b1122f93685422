package dev.porchlight.model;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxTensorLike;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What real ONNX Runtime computes with a converted graph. */
record OnnxRun(List<Long> shape, List<Float> values) {
  /** Converts {@code graph} between {@code input} and {@code output} and runs it once. */
  static OnnxRun of(TinyGraph graph, String input, Shape shape, String output, double... values) throws OrtException {
    long[] dimensions = shape.dimensions().stream().mapToLong(Integer::longValue).toArray();
    FloatBuffer data = FloatBuffer.allocate(values.length);
    Arrays.stream(values).forEach(value -> data.put((float) value));
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = environment.createSession(graph.onnx(input, shape, output), options);
        OnnxTensor tensor = OnnxTensor.createTensor(environment, data.flip(), dimensions);
        OrtSession.Result result = session.run(Map.<String, OnnxTensorLike>of(input, tensor))) {
      OnnxTensor computed = (OnnxTensor) result.get(0);
      return new OnnxRun(Arrays.stream(computed.getInfo().getShape()).boxed().toList(),
          list(computed.getFloatBuffer()));
    }
  }

  private static List<Float> list(FloatBuffer buffer) {
    List<Float> list = new ArrayList<>();
    while (buffer.hasRemaining()) {
      list.add(buffer.get());
    }
    return list;
  }
}
