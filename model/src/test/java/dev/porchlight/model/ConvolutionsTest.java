package dev.porchlight.model;

import ai.onnxruntime.OrtException;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.porchlight.model.TinyGraph.convolution;
import static dev.porchlight.model.TinyGraph.flag;
import static dev.porchlight.model.TinyGraph.integers;
import static dev.porchlight.model.TinyGraph.number;
import static dev.porchlight.model.TinyGraph.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConvolutionsTest {
  @Test
  void mixesTheChannelsOfEachPixelByItsOwnFilters() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("w", Shape.of(1, 1, 2, 3), 1, 2, 3, 10, 20, 30)
        .node("Conv2D",
            "y", List.of("x", "w"), convolution("SAME", 1, 1));

    OnnxRun run = OnnxRun.of(graph, "x", Shape.of(1, 1, 2, 2), "y", 1, 0, 0, 2);

    assertThat(run.shape()).containsExactly(1L, 1L, 2L, 3L);
    assertThat(run.values()).containsExactly(1f, 2f, 3f, 20f, 40f, 60f);
  }

  @Test
  void keepsTheFilterTheRightWayUpAndInsideThePictureWithoutPadding() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("w", Shape.of(2, 2, 1, 1), 1, 10, 100, 1000)
        .node("Conv2D", "y",
            List.of("x", "w"), convolution("VALID", 1, 1));

    OnnxRun run = OnnxRun.of(graph, "x", Shape.of(1, 2, 3, 1), "y", 1, 2, 3, 4, 5, 6);

    assertThat(run.shape()).containsExactly(1L, 1L, 2L, 1L);
    assertThat(run.values()).containsExactly(5421f, 6532f);
  }

  @Test
  void padsAnEvenWidthAtTheEndOnlyWhenTheStrideIsTwo() throws OrtException {
    OnnxRun run = OnnxRun.of(sumOfThree("Conv2D", 1, 3, 1, 2), "x", Shape.of(1, 1, 4, 1), "y", 1, 2, 3, 4);

    assertThat(run.values()).containsExactly(6f, 7f);
  }

  @Test
  void padsAnOddWidthAtBothEndsWhenTheStrideIsTwo() throws OrtException {
    OnnxRun run = OnnxRun.of(sumOfThree("Conv2D", 1, 3, 1, 2), "x", Shape.of(1, 1, 5, 1), "y", 1, 2, 3, 4, 5);

    assertThat(run.values()).containsExactly(3f, 9f, 9f);
  }

  @Test
  void padsTheHeightApartFromTheWidth() throws OrtException {
    OnnxRun run = OnnxRun.of(sumOfThree("Conv2D", 3, 1, 2, 1), "x", Shape.of(1, 4, 1, 1), "y", 1, 2, 3, 4);

    assertThat(run.shape()).containsExactly(1L, 2L, 1L, 1L);
    assertThat(run.values()).containsExactly(6f, 7f);
  }

  @Test
  void padsADepthwiseConvolutionTheSameWay() throws OrtException {
    OnnxRun even = OnnxRun.of(sumOfThree("DepthwiseConv2dNative", 1, 3, 1, 2), "x", Shape.of(1, 1, 4, 1), "y", 1, 2, 3,
        4);
    OnnxRun odd = OnnxRun.of(sumOfThree("DepthwiseConv2dNative", 1, 3, 1, 2), "x", Shape.of(1, 1, 5, 1), "y", 1, 2, 3,
        4, 5);

    assertThat(even.values()).containsExactly(6f, 7f);
    assertThat(odd.values()).containsExactly(3f, 9f, 9f);
  }

  private static TinyGraph sumOfThree(String op, int height, int width, int strideDown, int strideAcross) {
    return new TinyGraph().input("x")
        .floats("w", Shape.of(height, width, 1, 1), 1, 1, 1)
        .node(op, "y",
            List.of("x", "w"), convolution("SAME", strideDown, strideAcross));
  }

  @Test
  void givesEveryChannelItsOwnDepthwiseFilters() throws OrtException {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("w", Shape.of(1, 1, 2, 2), 1, 2, 10, 20)
        .node("DepthwiseConv2dNative", "y", List.of("x", "w"), convolution("SAME", 1, 1));

    OnnxRun run = OnnxRun.of(graph, "x", Shape.of(1, 1, 1, 2), "y", 3, 5);

    assertThat(run.shape()).containsExactly(1L, 1L, 1L, 4L);
    assertThat(run.values()).containsExactly(3f, 6f, 50f, 100f);
  }

  @Test
  void normalisesEachChannelWithTheEpsilonOfTheNode() throws OrtException {
    OnnxRun run = OnnxRun.of(normalised(flag("is_training", false)), "x", Shape.of(1, 1, 1, 2), "y", 3, 5);

    // (3 - 1) / sqrt(0 + 0.25) * 2 + 1, and (5 - 1) / sqrt(3.75 + 0.25) * 10 - 1
    assertThat(run.values()).containsExactly(9f, 19f);
  }

  @Test
  void refusesToNormaliseWithTheStatisticsOfTheBatch() {
    assertThatThrownBy(() -> normalised(flag("is_training", true)).onnx("x", Shape.of(1, 1, 1, 2), "y"))
        .isInstanceOf(ConversionException.class)
        .hasMessageContaining("node y")
        .hasMessageContaining("is_training");
  }

  private static TinyGraph normalised(TinyGraph.Attribute training) {
    return new TinyGraph().input("x")
        .floats("scale", Shape.of(2), 2, 10)
        .floats("offset", Shape.of(2), 1, -1)
        .floats("mean", Shape.of(2), 1, 1)
        .floats("variance", Shape.of(2), 0, 3.75)
        .node("FusedBatchNorm", "y", List.of("x", "scale", "offset", "mean", "variance"), number("epsilon", 0.25),
            text("data_format", "NHWC"), training);
  }

  @Test
  void refusesWhatItWouldGetWrong() {
    assertRefused("dilations", attr -> integers("dilations", 1, 2, 2, 1).accept(attr));
    assertRefused("data_format", attr -> text("data_format", "NCHW").accept(attr));
    assertRefused("padding", attr -> text("padding", "EXPLICIT").accept(attr));
    assertRefused("strides", attr -> integers("strides", 2, 1, 1, 1).accept(attr));
  }

  private static void assertRefused(String attribute, TinyGraph.Attribute changed) {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("w", Shape.of(1, 1, 1, 1), 1)
        .node("Conv2D", "y",
            List.of("x", "w"), convolution("SAME", 1, 1), changed);

    assertThatThrownBy(() -> graph.onnx("x", Shape.of(1, 1, 1, 1), "y")).isInstanceOf(ConversionException.class)
        .hasMessage("node y (Conv2D): the value of " + attribute + " is not supported");
  }

  @Test
  void refusesFiltersThatDoNotFitThePicture() {
    TinyGraph graph = new TinyGraph().input("x")
        .floats("w", Shape.of(1, 1, 2, 1), 1, 1)
        .node("Conv2D", "y",
            List.of("x", "w"), convolution("SAME", 1, 1));

    assertThatThrownBy(() -> graph.onnx("x", Shape.of(1, 1, 1, 3), "y")).isInstanceOf(ConversionException.class)
        .hasMessageContaining("node y")
        .hasMessageContaining("3 channels");
  }
}
