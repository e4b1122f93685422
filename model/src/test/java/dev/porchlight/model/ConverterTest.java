package dev.porchlight.model;

import ai.onnxruntime.OrtException;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConverterTest {
  private static final Shape SHAPE = Shape.of(2);

  @Test
  void convertsOnlyWhatLiesBetweenTheInputAndTheOutput() throws OrtException {
    TinyGraph graph = new TinyGraph().input("picture")
        .node("While", "loop", List.of("picture"))
        .node("Relu6", "head", List.of("loop"))
        .node("NonMaxSuppressionV3", "boxes", List.of("head"));

    OnnxRun run = OnnxRun.of(graph, "loop", SHAPE, "head", -1, 1);

    assertThat(run.values()).containsExactly(0f, 1f);
  }

  @Test
  void namesTheNodeWhoseOperatorItDoesNotKnow() {
    TinyGraph graph = new TinyGraph().input("x")
        .node("Softmax", "scores/probabilities", List.of("x"))
        .node("Relu6",
            "y", List.of("scores/probabilities"));

    assertThatThrownBy(() -> graph.onnx("x", SHAPE, "y")).isInstanceOf(ConversionException.class)
        .hasMessage("node scores/probabilities (Softmax): the operator is not supported");
  }

  @Test
  void namesTheNodeThatIsMissing() {
    TinyGraph graph = new TinyGraph().input("x").node("Relu6", "y", List.of("gone"));

    assertThatThrownBy(() -> graph.onnx("x", SHAPE, "y")).hasMessage("the graph has no node gone");
    assertThatThrownBy(() -> graph.onnx("y", SHAPE, "z")).hasMessage("the graph has no node z");
    assertThatThrownBy(() -> graph.onnx("z", SHAPE, "y")).hasMessage("the graph has no node z");
  }

  @Test
  void namesTheNodeThatLacksAnInput() {
    TinyGraph graph = new TinyGraph().input("x").node("Reshape", "y", List.of("x"));

    assertThatThrownBy(() -> graph.onnx("x", SHAPE, "y")).hasMessage("node y (Reshape): has only 1 inputs");
  }

  @Test
  void readsInputsThatCarryAnOutputNumberAndSkipsControlInputs() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x").node("Relu6", "y", List.of("x:0", "^nowhere"));

    assertThat(OnnxRun.of(graph, "x", SHAPE, "y", -1, 7).values()).containsExactly(0f, 6f);
  }

  @Test
  void convertsASharedNodeOnce() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x").node("Relu6", "r", List.of("x")).node("Add", "y", List.of("r", "r"));

    assertThat(OnnxRun.of(graph, "x", SHAPE, "y", 2, 7).values()).containsExactly(4f, 12f);
  }

  @Test
  void writesTheSameBytesEveryTime() {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("b", SHAPE, 2, 3)
        .floats("a", SHAPE, 1, 2)
        .node("Add", "s", List.of("x", "b"))
        .node("Mul", "y", List.of("s", "a"));

    assertThat(graph.onnx("x", SHAPE, "y")).isEqualTo(graph.onnx("x", SHAPE, "y"));
  }
}
