package dev.porchlight.detection;

import dev.porchlight.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
  void saysWhatLooksAndOnWhat() {
    try (var detector = OnnxDetector.open(new DetectionConfig(new ModelChoice(null, null, null, null), 0.5, 2, 1,
        Device.CPU, null))) {
      assertThat(detector.description()).isEqualTo("the default model (ssd, 300x300) on cpu, 2 workers of 1 thread");
    }
  }

  /** With a fallback that does not look at what the build has, ONNX Runtime itself throws, and this fails. */
  @Test
  void runsOnTheProcessorWhenWhatWasAskedForIsNotInThisBuild() {
    try (var detector = OnnxDetector.open(new DetectionConfig(new ModelChoice(null, null, null, null), 0.5, 1, 1,
        Device.QNN, null))) {
      assertThat(detector.description()).endsWith("on cpu, 1 worker of 1 thread");
    }
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
}
