package dev.porchlight.model;

import ai.onnxruntime.OrtException;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.porchlight.model.TinyGraph.convolution;
import static dev.porchlight.model.TinyGraph.integers;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ReshapingTest {
  @Test
  void reshapesAndWorksOutTheSizeLeftOpen() throws OrtException {
    OnnxRun run = OnnxRun.of(reshapedTo(3, -1), "x", Shape.of(2, 3), "y", 1, 2, 3, 4, 5, 6);

    assertThat(run.shape()).containsExactly(3L, 2L);
    assertThat(run.values()).containsExactly(1f, 2f, 3f, 4f, 5f, 6f);
  }

  @Test
  void keepsTheElementsOfAPictureInTensorFlowsOrder() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("w", Shape.of(1, 1, 1, 2), 1, 10)
        .node("Conv2D", "conv", List.of("x", "w"), convolution("SAME", 1, 1))
        .ints("shape", Shape.of(1), 4)
        .node("Reshape", "y", List.of("conv", "shape"));

    OnnxRun run = OnnxRun.of(graph, "x", Shape.of(1, 1, 2, 1), "y", 1, 2);

    assertThat(run.values()).containsExactly(1f, 10f, 2f, 20f);
  }

  @Test
  void refusesAShapeOfAnotherSize() {
    assertThatThrownBy(() -> reshapedTo(4, -1).onnx("x", Shape.of(2, 3), "y")).isInstanceOf(ConversionException.class)
        .hasMessage("node y (Reshape): shape [2, 3] cannot become [4, -1]");
  }

  private static TinyGraph reshapedTo(int... shape) {
    return new TinyGraph().input("x")
        .ints("shape", Shape.of(shape.length), shape)
        .node("Reshape", "y",
            List.of("x", "shape"));
  }

  @Test
  void dropsTheAxesNamedAndNoOthers() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x").node("Squeeze", "y", List.of("x"), integers("squeeze_dims", -2));

    OnnxRun run = OnnxRun.of(graph, "x", Shape.of(1, 2, 1, 2), "y", 1, 2, 3, 4);

    assertThat(run.shape()).containsExactly(1L, 2L, 2L);
    assertThat(run.values()).containsExactly(1f, 2f, 3f, 4f);
  }

  @Test
  void refusesToDropAnAxisThatHoldsMoreThanOneElement() {
    TinyGraph graph = new TinyGraph().input("x").node("Squeeze", "y", List.of("x"), integers("squeeze_dims", 1));

    assertThatThrownBy(() -> graph.onnx("x", Shape.of(1, 2), "y")).isInstanceOf(ConversionException.class)
        .hasMessageContaining("node y")
        .hasMessageContaining("axis 1");
  }

  @Test
  void joinsAlongTheAxisGivenAsTheLastInput() throws OrtException {
    OnnxRun rows = OnnxRun.of(joinedAlong(0), "x", Shape.of(1, 2), "y", 1, 2);
    OnnxRun columns = OnnxRun.of(joinedAlong(-1), "x", Shape.of(1, 2), "y", 1, 2);

    assertThat(rows).isEqualTo(new OnnxRun(List.of(3L, 2L), List.of(1f, 2f, 10f, 20f, 1f, 2f)));
    assertThat(columns).isEqualTo(new OnnxRun(List.of(1L, 6L), List.of(1f, 2f, 10f, 20f, 1f, 2f)));
  }

  @Test
  void refusesToJoinWhatDiffersElsewhere() {
    assertThatThrownBy(() -> joinedAlong(0).onnx("x", Shape.of(1, 3), "y")).isInstanceOf(ConversionException.class)
        .hasMessageContaining("node y")
        .hasMessageContaining("do not join along axis 0");
  }

  private static TinyGraph joinedAlong(int axis) {
    return new TinyGraph().input("x")
        .floats("v", Shape.of(1, 2), 10, 20)
        .ints("axis", Shape.of(), axis)
        .node("ConcatV2", "y", List.of("x", "v", "x", "axis"));
  }
}
