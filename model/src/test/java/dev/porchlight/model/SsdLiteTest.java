package dev.porchlight.model;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.FloatBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** The real model: the file this build has just made, and the package it was made from. */
class SsdLiteTest {
  private static final Path BUILT = Path.of("target/onnx/ssdlite-mobilenet-v2.onnx");
  private static final int[] GRIDS = {19, 10, 5, 3, 2, 1};

  private final ModelBuild build = Main.defaultModel(System.getenv(),
      new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8));

  @Test
  void loadsInOnnxRuntimeWithThePromisedInputsAndOutputs() throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions();
        OrtSession session = OrtEnvironment.getEnvironment().createSession(BUILT.toString(), options)) {
      assertThat(session.getInputInfo()).containsOnlyKeys("Preprocessor/sub");
      assertThat(shape(session.getInputInfo(), "Preprocessor/sub")).containsExactly(1, 300, 300, 3);
      assertThat(session.getOutputInfo()).containsOnlyKeys("Squeeze", "concat_1");
      assertThat(shape(session.getOutputInfo(), "Squeeze")).containsExactly(1, 1917, 4);
      assertThat(shape(session.getOutputInfo(), "concat_1")).containsExactly(1, 1917, 91);
      assertThat(session.getMetadata().getCustomMetadata()).containsEntry("family", "ssd")
          .containsEntry("license", "Apache-2.0")
          .containsEntry("labels", "coco-91")
          .containsKeys("source", "input");
    }
  }

  private static long[] shape(Map<String, NodeInfo> ports, String name) {
    NodeInfo port = ports.get(name);
    return port != null && port.getInfo() instanceof TensorInfo tensor ? tensor.getShape() : new long[0];
  }

  @Test
  void isWhatTodaysConverterMakesOfThePackage() throws IOException {
    assertThat(Sha256.of(build.convert())).isEqualTo(build.recipe().sha256());
    assertThat(Sha256.matches(BUILT, build.recipe().sha256())).isTrue();
  }

  /** A consumer makes the anchors itself, by this formula; the package's own are corners: top, left, bottom, right. */
  @Test
  void wasTrainedOnTheAnchorsThatConsumersGenerate() throws IOException {
    FloatBuffer published = ((Tensor.Floats) build.graph().weight(SsdLite.ANCHORS)).values();
    List<double[]> generated = anchors();

    assertThat(generated).hasSize(1917);
    for (int i = 0; i < generated.size(); i++) {
      for (int side = 0; side < 4; side++) {
        assertThat(generated.get(i)[side]).as("anchor %d, side %d", i, side)
            .isCloseTo(published.get(4 * i + side), within(2.4e-7));
      }
    }
  }

  private static List<double[]> anchors() {
    List<double[]> anchors = new ArrayList<>();
    for (int layer = 0; layer < GRIDS.length; layer++) {
      double grid = GRIDS[layer];
      for (int y = 0; y < grid; y++) {
        for (int x = 0; x < grid; x++) {
          for (double[] size : sizes(layer)) {
            double down = (y + 0.5) / grid;
            double across = (x + 0.5) / grid;
            anchors
                .add(new double[]{down - size[0] / 2, across - size[1] / 2, down + size[0] / 2, across + size[1] / 2});
          }
        }
      }
    }
    return anchors;
  }

  /** Height and width of the anchors in every cell of a layer. The ratio called 1/3 is 0.3333 in the trained configuration. */
  private static List<double[]> sizes(int layer) {
    double scale = scale(layer);
    if (layer == 0) {
      return List.of(size(0.1, 1), size(scale, 2), size(scale, 0.5));
    }
    return List.of(size(scale, 1), size(scale, 2), size(scale, 0.5), size(scale, 3), size(scale, 0.3333),
        size(Math.sqrt(scale * scale(layer + 1)), 1));
  }

  private static double scale(int layer) {
    return layer == GRIDS.length ? 1 : 0.2 + (0.95 - 0.2) * layer / (GRIDS.length - 1);
  }

  private static double[] size(double scale, double ratio) {
    return new double[]{scale / Math.sqrt(ratio), scale * Math.sqrt(ratio)};
  }
}
