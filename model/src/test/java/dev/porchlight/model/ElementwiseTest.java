package dev.porchlight.model;

import ai.onnxruntime.OrtException;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.porchlight.model.TinyGraph.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ElementwiseTest {
  private static final Shape PICTURE = Shape.of(1, 1, 2, 2);

  @Test
  void addsOneNumberToEachChannel() throws OrtException {
    OnnxRun run = OnnxRun.of(withVector("Add"), "x", PICTURE, "y", 1, 2, 3, 4);

    assertThat(run.shape()).containsExactly(1L, 1L, 2L, 2L);
    assertThat(run.values()).containsExactly(11f, 102f, 13f, 104f);
  }

  @Test
  void addsABiasToEachChannel() throws OrtException {
    OnnxRun run = OnnxRun.of(withVector("BiasAdd"), "x", PICTURE, "y", 1, 2, 3, 4);

    assertThat(run.values()).containsExactly(11f, 102f, 13f, 104f);
  }

  @Test
  void multipliesEachChannelByItsNumber() throws OrtException {
    OnnxRun run = OnnxRun.of(withVector("Mul"), "x", PICTURE, "y", 1, 2, 3, 4);

    assertThat(run.values()).containsExactly(10f, 200f, 30f, 400f);
  }

  private static TinyGraph withVector(String op) {
    return new TinyGraph().input("x")
        .floats("v", Shape.of(2), 10, 100)
        .node(op, "y", List.of("x", "v"),
            text("data_format", "NHWC"));
  }

  @Test
  void addsUpAnyNumberOfInputs() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("v", PICTURE, 10, 20, 30, 40)
        .node("AddN", "y",
            List.of("x", "v", "x"));

    OnnxRun run = OnnxRun.of(graph, "x", PICTURE, "y", 1, 2, 3, 4);

    assertThat(run.values()).containsExactly(12f, 24f, 36f, 48f);
  }

  @Test
  void clampsToSixAndNeverBelowZero() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x").node("Relu6", "y", List.of("x"));

    OnnxRun run = OnnxRun.of(graph, "x", PICTURE, "y", -1, 5.5, 6, 6.5);

    assertThat(run.values()).containsExactly(0f, 5.5f, 6f, 6f);
  }

  @Test
  void givesTheBroadcastShapeWhicheverInputIsTheSmaller() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("v", Shape.of(3, 1), 10, 20, 30)
        .node("Add", "y",
            List.of("v", "x"));

    OnnxRun run = OnnxRun.of(graph, "x", Shape.of(2), "y", 1, 2);

    assertThat(run.shape()).containsExactly(3L, 2L);
    assertThat(run.values()).containsExactly(11f, 12f, 21f, 22f, 31f, 32f);
  }

  @Test
  void namesTheNodeWhoseInputsDoNotFit() {
    assertThatThrownBy(() -> withVector("Mul").onnx("x", Shape.of(1, 3), "y")).isInstanceOf(ConversionException.class)
        .hasMessage("node y (Mul): shapes [1, 3] and [2] do not broadcast");
  }
}
