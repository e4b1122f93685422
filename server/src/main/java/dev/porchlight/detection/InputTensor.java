package dev.porchlight.detection;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;

/**
 * The tensor that a picture is written into, as floats whatever the model takes: over the floats themselves, or over
 * numbers that {@link #ready} makes of them. Confined to one thread at a time.
 */
final class InputTensor {
  private static final int MOST_BYTE = 255;

  private final FloatBuffer values;
  private final OnnxTensor tensor;
  private final Runnable conversion;

  InputTensor(OrtEnvironment environment, PictureInput input) throws OrtException {
    int count = InputLayout.CHANNELS * input.size().width() * input.size().height();
    long[] shape = input.channelsFirst()
        ? new long[]{1, InputLayout.CHANNELS, input.size().height(), input.size().width()}
        : new long[]{1, input.size().height(), input.size().width(), InputLayout.CHANNELS};
    values = bytes(count * Float.BYTES).asFloatBuffer();
    switch (input.tensor().type()) {
      case FLOAT16 -> {
        ShortBuffer halves = bytes(count * Short.BYTES).asShortBuffer();
        tensor = OnnxTensor.createTensor(environment, halves, shape, OnnxJavaType.FLOAT16);
        conversion = () -> toHalves(halves);
      }
      case UINT8 -> {
        ByteBuffer whole = bytes(count);
        tensor = OnnxTensor.createTensor(environment, whole, shape, OnnxJavaType.UINT8);
        conversion = () -> toBytes(whole);
      }
      default -> {
        tensor = OnnxTensor.createTensor(environment, values, shape);
        conversion = () -> {};
      }
    }
  }

  /** Where the picture is written; zeros at first. */
  FloatBuffer values() {
    return values;
  }

  /** The tensor of what was written, always the same one; whoever runs it also closes it. */
  OnnxTensor ready() {
    conversion.run();
    return tensor;
  }

  private void toHalves(ShortBuffer halves) {
    for (int i = 0; i < values.limit(); i++) {
      halves.put(i, Float.floatToFloat16(values.get(i)));
    }
  }

  private void toBytes(ByteBuffer whole) {
    for (int i = 0; i < values.limit(); i++) {
      whole.put(i, (byte) Math.clamp(Math.round(values.get(i)), 0, MOST_BYTE));
    }
  }

  private static ByteBuffer bytes(int count) {
    return ByteBuffer.allocateDirect(count).order(ByteOrder.nativeOrder());
  }
}
