package dev.porchlight.detection;

import dev.porchlight.config.ConfigException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class OnnxDetectorTest {
  @TempDir
  private Path folder;

  @Test
  void refusesAFileThatIsNotThereOrNoModel() throws IOException {
    refuses(folder.resolve("missing.onnx"), "missing.onnx: there is no such file");
    refuses(Files.writeString(folder.resolve("text.onnx"), "hello"), "text.onnx: ONNX Runtime says: ");
  }

  @Test
  void refusesAModelWithOtherTensorsAndSaysWhichItExpectedAndFound() throws IOException {
    Path model = Files.write(folder.resolve("other.onnx"), identity("images", "found"));

    refuses(model,
        "other.onnx: it is no model of the default model's family: expected the input Preprocessor/sub FLOAT "
            + "[1, 300, 300, 3], found images FLOAT [1, 5]; expected the output Squeeze FLOAT [1, 1917, 4], found found FLOAT "
            + "[1, 5]; expected the output concat_1 FLOAT [1, 1917, 91], found found FLOAT [1, 5]");
  }

  @Test
  void answersSeveralThreadsAtTheSameTime() throws Exception {
    try (var detector = OnnxDetector.open(new DetectionConfig(null, 0.05, 2));
        var threads = Executors.newFixedThreadPool(4)) {
      var answers = new ArrayList<Future<List<?>>>();
      for (int i = 0; i < 16; i++) {
        answers.add(threads.submit(() -> look(detector)));
      }
      for (var answer : answers) {
        assertThat(answer.get()).isEqualTo(answers.getFirst().get());
      }
    }
  }

  private static List<?> look(Detector detector) throws InterruptedException {
    var gradient = new byte[64 * 64 * 3];
    for (int i = 0; i < gradient.length; i++) {
      gradient[i] = (byte) (i / 50);
    }
    try (var picture = new Picture(ByteRows.ofRgb(gradient, 64, 64), Orientation.UPRIGHT, 64, 64,
        new PictureMemory().pixels(1))) {
      return detector.detect(picture);
    }
  }

  private static void refuses(Path model, String why) {
    assertThatExceptionOfType(ConfigException.class)
        .isThrownBy(() -> OnnxDetector.open(new DetectionConfig(model, 0.5, 1)).close())
        .withMessageStartingWith("detection.model: ")
        .withMessageContaining(why);
  }

  /** A model that hands its input on, as onnx.proto3 has it: fields by number. */
  private static byte[] identity(String input, String output) {
    byte[] node = message(text(1, input), text(2, output), text(4, "Identity"));
    byte[] graph = message(bytes(1, node), text(2, "graph"), bytes(11, tensor(input)), bytes(12, tensor(output)));
    byte[] operators = message(text(1, ""), number(2, 13));
    return message(number(1, 8), bytes(7, graph), bytes(8, operators));
  }

  private static byte[] tensor(String name) {
    byte[] shape = message(bytes(1, number(1, 1)), bytes(1, number(1, 5)));
    return message(text(1, name), bytes(2, bytes(1, message(number(1, 1), bytes(2, shape)))));
  }

  private static byte[] number(int field, int value) {
    return new byte[]{(byte) (field << 3), (byte) value};
  }

  private static byte[] text(int field, String value) {
    return bytes(field, value.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] bytes(int field, byte[] content) {
    if (content.length > 127) {
      return message(
          new byte[]{(byte) (field << 3 | 2), (byte) (0x80 | (content.length & 0x7F)), (byte) (content.length >> 7)},
          content);
    }
    return message(new byte[]{(byte) (field << 3 | 2), (byte) content.length}, content);
  }

  private static byte[] message(byte[]... fields) {
    var all = new ByteArrayOutputStream();
    Arrays.stream(fields).forEach(all::writeBytes);
    return all.toByteArray();
  }
}
