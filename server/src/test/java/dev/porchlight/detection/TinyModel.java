package dev.porchlight.detection;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes ONNX files that are tiny and really run: each output is a constant, to which the means of the picture's three
 * channels may be added in places, so that what a picture was turned into shows in what comes out. Fields by number, as
 * onnx.proto3 has them.
 */
final class TinyModel {
  static final int FLOAT = 1;
  static final int UINT8 = 2;
  static final int INT64 = 7;
  static final int HALF = 10;
  private static final int OPERATORS = 13;
  private static final long OPEN = -1;

  private final ByteArrayOutputStream graph = new ByteArrayOutputStream();
  private final ByteArrayOutputStream metadata = new ByteArrayOutputStream();
  private final boolean channelsFirst;
  private final Map<String, Output> outputs = new LinkedHashMap<>();
  private final List<byte[]> inputs = new ArrayList<>();
  private boolean isOpen;

  private TinyModel(String input, int type, long... shape) {
    channelsFirst = shape[shape.length - 1] != 3;
    inputs.add(tensor(input, type, shape));
    node("Cast", List.of(input), "picture", integer("to", FLOAT));
    // Axes of the rows and the columns; what is left is [1, 3].
    long[] axes = channelsFirst ? new long[]{2, 3} : new long[]{1, 2};
    node("ReduceMean", List.of("picture"), "means", integers("axes", axes), integer("keepdims", 0));
  }

  /** A model that takes pictures; -1 for a side that is left open. */
  static TinyModel taking(String input, int type, long... shape) {
    return new TinyModel(input, type, shape);
  }

  /** Adds an output of this type and shape, zeros at first. */
  TinyModel output(String name, int type, int... shape) {
    outputs.put(name, new Output(name, type, shape));
    return this;
  }

  /** Sets values of the output that was added last, from an index on. */
  TinyModel set(int index, double... values) {
    for (int i = 0; i < values.length; i++) {
      last().constants[index + i] = (float) values[i];
    }
    return this;
  }

  /** Sets values that lie apart by a step. */
  TinyModel setApart(int index, int step, double... values) {
    for (int i = 0; i < values.length; i++) {
      set(index + i * step, values[i]);
    }
    return this;
  }

  /** Adds a channel's mean, in the order in which the model is fed, times a factor, to a value. */
  TinyModel echo(int index, int channel, double factor) {
    last().weights[channel * last().constants.length + index] = (float) factor;
    return this;
  }

  /** Multiplies the boxes of the output that was added last by the input {@code orig_target_sizes}. */
  TinyModel timesSizes() {
    inputs.add(tensor("orig_target_sizes", INT64, 1, 2));
    node("Cast", List.of("orig_target_sizes"), "sizes", integer("to", FLOAT));
    node("Concat", List.of("sizes", "sizes"), "corners", integer("axis", 1));
    last().isTimesSizes = true;
    return this;
  }

  TinyModel metadata(String key, String value) {
    metadata.writeBytes(bytes(14, message(text(1, key), text(2, value))));
    return this;
  }

  /** Leaves open how large the outputs are. */
  TinyModel withOpenOutputs() {
    isOpen = true;
    return this;
  }

  Path writeTo(Path file) {
    var ports = new ByteArrayOutputStream();
    inputs.forEach(input -> ports.writeBytes(bytes(11, input)));
    for (Output output : outputs.values()) {
      write(output);
      long[] shape = Arrays.stream(output.shape).asLongStream().toArray();
      if (isOpen) {
        Arrays.fill(shape, OPEN);
      }
      ports.writeBytes(bytes(12, tensor(output.name, output.type, shape)));
    }
    byte[] all = message(graph.toByteArray(), text(2, "graph"), ports.toByteArray());
    byte[] model = message(number(1, 8), bytes(7, all), bytes(8, message(text(1, ""), number(2, OPERATORS))),
        metadata.toByteArray());
    try {
      return Files.write(file, model);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void write(Output output) {
    String name = output.name;
    int count = output.constants.length;
    initializer(name + "-weights", FLOAT, floats(output.weights), 3, count);
    initializer(name + "-constants", FLOAT, floats(output.constants), 1, count);
    initializer(name + "-shape", INT64, longs(output.shape), output.shape.length);
    node("MatMul", List.of("means", name + "-weights"), name + "-echo");
    node("Add", List.of(name + "-echo", name + "-constants"), name + "-sum");
    node("Reshape", List.of(name + "-sum", name + "-shape"), name + "-float");
    String last = name + "-float";
    if (output.isTimesSizes) {
      node("Mul", List.of(last, "corners"), name + "-scaled");
      last = name + "-scaled";
    }
    node("Cast", List.of(last), name, integer("to", output.type));
  }

  private Output last() {
    return List.copyOf(outputs.values()).getLast();
  }

  private void node(String operator, List<String> in, String out, byte[]... attributes) {
    var node = new ByteArrayOutputStream();
    in.forEach(name -> node.writeBytes(text(1, name)));
    node.writeBytes(message(text(2, out), text(4, operator)));
    Arrays.stream(attributes).forEach(attribute -> node.writeBytes(bytes(5, attribute)));
    graph.writeBytes(bytes(1, node.toByteArray()));
  }

  private void initializer(String name, int type, byte[] raw, long... shape) {
    var tensor = new ByteArrayOutputStream();
    Arrays.stream(shape).forEach(side -> tensor.writeBytes(number(1, side)));
    tensor.writeBytes(message(number(2, type), text(8, name), bytes(9, raw)));
    graph.writeBytes(bytes(5, tensor.toByteArray()));
  }

  private static byte[] integer(String name, long value) {
    return message(text(1, name), number(3, value), number(20, 2));
  }

  private static byte[] integers(String name, long... values) {
    var all = new ByteArrayOutputStream();
    Arrays.stream(values).forEach(value -> all.writeBytes(number(8, value)));
    return message(text(1, name), all.toByteArray(), number(20, 7));
  }

  private static byte[] tensor(String name, int type, long... shape) {
    var sides = new ByteArrayOutputStream();
    for (int i = 0; i < shape.length; i++) {
      byte[] side = shape[i] == OPEN ? text(2, "side" + i + name) : number(1, shape[i]);
      sides.writeBytes(bytes(1, side));
    }
    return message(text(1, name), bytes(2, bytes(1, message(number(1, type), bytes(2, sides.toByteArray())))));
  }

  private static byte[] floats(float... values) {
    var raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    raw.asFloatBuffer().put(values);
    return raw.array();
  }

  private static byte[] longs(int... values) {
    var raw = ByteBuffer.allocate(values.length * Long.BYTES).order(ByteOrder.LITTLE_ENDIAN);
    Arrays.stream(values).forEach(raw::putLong);
    return raw.array();
  }

  private static byte[] number(int field, long value) {
    return message(varint((long) field << 3), varint(value));
  }

  private static byte[] text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int field, byte[] content) {
    return message(varint((long) field << 3 | 2), varint(content.length), content);
  }

  private static byte[] varint(long value) {
    var out = new ByteArrayOutputStream();
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.write((int) ((rest & 0x7F) | 0x80));
      rest >>>= 7;
    }
    out.write((int) rest);
    return out.toByteArray();
  }

  private static byte[] message(byte[]... fields) {
    var all = new ByteArrayOutputStream();
    Arrays.stream(fields).forEach(all::writeBytes);
    return all.toByteArray();
  }

  private static final class Output {
    private final String name;
    private final int type;
    private final int[] shape;
    private final float[] constants;
    private final float[] weights;
    private boolean isTimesSizes;

    private Output(String name, int type, int... shape) {
      this.name = name;
      this.type = type;
      this.shape = shape;
      this.constants = new float[Arrays.stream(shape).reduce(1, Math::multiplyExact)];
      this.weights = new float[3 * constants.length];
    }
  }
}
