package dev.porchlight.detection;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.DoubleBuffer;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.nio.LongBuffer;
import org.jspecify.annotations.Nullable;

/**
 * One output as floats: written by the model into a buffer that stays, where it is of floats and its size is known, else
 * copied out of each answer. Confined to one thread at a time.
 */
final class OutputTensor implements AutoCloseable {
  private final String name;
  private final @Nullable OnnxTensor pinned;
  private FloatBuffer values;

  private OutputTensor(String name, @Nullable OnnxTensor pinned, FloatBuffer values) {
    this.name = name;
    this.pinned = pinned;
    this.values = values;
  }

  /** An output as the file declares it. */
  static OutputTensor of(OrtEnvironment environment, TensorFacts declared) throws OrtException {
    if (declared.type() != OnnxJavaType.FLOAT || !declared.isFixed()) {
      return new OutputTensor(declared.name(), null, FloatBuffer.allocate(0));
    }
    int count = 1;
    for (long side : declared.forOne()) {
      count = Math.multiplyExact(count, Math.toIntExact(side));
    }
    FloatBuffer values = ByteBuffer.allocateDirect(count * Float.BYTES).order(ByteOrder.nativeOrder()).asFloatBuffer();
    return new OutputTensor(declared.name(), OnnxTensor.createTensor(environment, values, declared.forOne()), values);
  }

  String name() {
    return name;
  }

  /** What the model is to write into; null when the answer is copied. */
  @Nullable
  OnnxTensor pinned() {
    return pinned;
  }

  /** Takes its part of an answer. */
  void take(OrtSession.Result answer) throws OrtException {
    if (pinned == null && answer.get(name).orElse(null) instanceof OnnxTensor tensor) {
      values = floats(name, tensor);
    }
  }

  /** What the model said last. */
  FloatBuffer values() {
    return values;
  }

  @Override
  public void close() {
    if (pinned != null) {
      pinned.close();
    }
  }

  private static FloatBuffer floats(String name, OnnxTensor tensor) {
    return switch (tensor.getInfo().type) {
      case FLOAT, FLOAT16, BFLOAT16 -> tensor.getFloatBuffer();
      case INT64 -> floats(tensor.getLongBuffer());
      case INT32 -> floats(tensor.getIntBuffer());
      case DOUBLE -> floats(tensor.getDoubleBuffer());
      case INT8, INT16, UINT8, BOOL, STRING, UNKNOWN -> throw new ModelException(
          "expected numbers that can be read, found the output " + name + " " + tensor.getInfo().type);
    };
  }

  private static FloatBuffer floats(LongBuffer from) {
    var to = FloatBuffer.allocate(from.limit());
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, (float) from.get(i));
    }
    return to;
  }

  private static FloatBuffer floats(IntBuffer from) {
    var to = FloatBuffer.allocate(from.limit());
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, from.get(i));
    }
    return to;
  }

  private static FloatBuffer floats(DoubleBuffer from) {
    var to = FloatBuffer.allocate(from.limit());
    for (int i = 0; i < from.limit(); i++) {
      to.put(i, (float) from.get(i));
    }
    return to;
  }
}
