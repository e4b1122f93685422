package dev.porchlight.model;

import ai.onnxruntime.OrtException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static dev.porchlight.model.TinyGraph.integer;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ShapeArithmeticTest {
  @Test
  void takesTheBatchOfAReshapeFromTheShapeOfThePicture() throws OrtException {
    OnnxRun run = OnnxRun.of(flattenedPerPicture(), "x", Shape.of(2, 1, 2, 1), "y", 1, 2, 3, 4);

    assertThat(run.shape()).containsExactly(2L, 2L);
  }

  @Test
  void leavesNothingOfTheArithmeticInTheConvertedGraph() {
    Cut cut = new Cut("x", Shape.of(2, 1, 2, 1), List.of("y"));

    OnnxModel model = Converter.convert(flattenedPerPicture().graph(), cut, Map.of());

    assertThat(model.nodes()).extracting(OnnxModel.Node::op).containsExactly("Reshape");
    assertThat(model.initializers()).containsOnlyKeys("y/argument");
  }

  private static TinyGraph flattenedPerPicture() {
    return new TinyGraph().input("x")
        .ints("zero", Shape.of(1), 0)
        .ints("one", Shape.of(1), 1)
        .ints("rest", Shape.of(), -1)
        .node("Shape", "shape", List.of("x"))
        .node("StridedSlice", "batch", List.of("shape", "zero", "one", "one"), integer("shrink_axis_mask", 1),
            integer("begin_mask", 0))
        .node("Pack", "target", List.of("batch", "rest"), integer("axis", 0))
        .node("Reshape", "y", List.of("x", "target"));
  }

  @Test
  void refusesASliceThatIsMoreThanOneElement() {
    TinyGraph graph = new TinyGraph().input("x")
        .ints("zero", Shape.of(1), 0)
        .node("Shape", "shape", List.of("x"))
        .node("StridedSlice", "y", List.of("shape", "zero", "zero", "zero"), integer("shrink_axis_mask", 0));

    assertThatThrownBy(() -> graph.onnx("x", Shape.of(2), "y")).isInstanceOf(ConversionException.class)
        .hasMessage("node y (StridedSlice): the value of the masks is not supported");
  }

  @Test
  void refusesANumberThatIsOnlyKnownWhenTheModelRuns() {
    TinyGraph graph = new TinyGraph().input("x").node("Reshape", "y", List.of("x", "x"));

    assertThatThrownBy(() -> graph.onnx("x", Shape.of(2), "y")).isInstanceOf(ConversionException.class)
        .hasMessage("node y (Reshape): input x holds no constant whole numbers");
  }
}
