package dev.porchlight.model;

import dev.porchlight.model.OnnxModel.Attribute;
import java.util.List;
import java.util.stream.Stream;

/**
 * Convolutions and the normalisation that follows them. ONNX has the channels of a picture before its height and width, TensorFlow
 * behind them, so each operator stands between two transpositions. ONNX Runtime removes nearly all of them when it loads the model;
 * keeping the channels first all along was tried, and made the same 20 ms a picture with more code.
 */
record Convolutions(OnnxGraph onnx) {
  /** Converts a convolution; filters are turned from height, width, in, out to ONNX's out, in, height, width. */
  Value convert(String name, Operation.Convolution convolution, Inputs inputs) {
    Value picture = inputs.picture(0);
    Tensor.Floats tensorflow = inputs.weights(1, 4);
    int channels = picture.shape().size(3);
    if (tensorflow.shape().size(2) != channels) {
      throw new ConversionException("filters of shape " + tensorflow.shape() + " do not fit " + channels + " channels");
    }
    Tensor.Floats filters = convolution.depthwise() ? depthwise(tensorflow) : tensorflow.transpose(3, 2, 0, 1);
    Axis down = new Axis(picture.shape().size(1), filters.shape().size(2), convolution.strideDown(),
        convolution.padding());
    Axis across = new Axis(picture.shape().size(2), filters.shape().size(3), convolution.strideAcross(),
        convolution.padding());
    Shape shape = Shape.of(picture.shape().size(0), down.output(), across.output(), filters.shape().size(0));
    String filterName = onnx.constant(name + "/filters", filters);
    return channelsFirst("Conv", name, picture, List.of(filterName), shape,
        new Attribute.IntegerList("kernel_shape", List.of(down.kernel(), across.kernel())),
        new Attribute.IntegerList("strides", List.of(down.stride(), across.stride())),
        new Attribute.IntegerList("pads", List.of(down.before(), across.before(), down.after(), across.after())),
        new Attribute.IntegerValue("group", convolution.depthwise() ? channels : 1));
  }

  /**
   * The filters of a depthwise convolution are height, width, channels, multiplier. ONNX sees one group a channel, each with
   * {@code multiplier} outputs of one input.
   */
  private static Tensor.Floats depthwise(Tensor.Floats filters) {
    Shape shape = filters.shape();
    return filters.transpose(2, 3, 0, 1)
        .reshape(Shape.of(shape.size(2) * shape.size(3), 1, shape.size(0), shape.size(1)));
  }

  /** Converts a batch normalisation with stored statistics: scale, offset, mean and variance, one of each a channel. */
  Value normalise(String name, float epsilon, Inputs inputs) {
    Value picture = inputs.picture(0);
    List<String> statistics = List.of(statistic(inputs, 1), statistic(inputs, 2), statistic(inputs, 3),
        statistic(inputs, 4));
    return channelsFirst("BatchNormalization", name, picture, statistics, picture.shape(),
        new Attribute.FloatValue("epsilon", epsilon));
  }

  private String statistic(Inputs inputs, int index) {
    return onnx.constant(inputs.get(index).name(), inputs.weights(index, 1));
  }

  /** Adds an operator on a picture whose channels it wants first; {@code constants} are its other inputs. */
  private Value channelsFirst(String op, String name, Value picture, List<String> constants, Shape result,
      Attribute... attributes) {
    String turned = onnx.add("Transpose", name + "/channels-first", List.of(onnx.read(picture)),
        new Attribute.IntegerList("perm", List.of(0, 3, 1, 2)));
    List<String> from = Stream.concat(Stream.of(turned), constants.stream()).toList();
    String computed = onnx.add(op, name + "/result", from, attributes);
    onnx.add("Transpose", name, List.of(computed), new Attribute.IntegerList("perm", List.of(0, 2, 3, 1)));
    return new Value.Computed(name, result);
  }

  /** The geometry of a convolution along one axis. */
  private record Axis(int size, int kernel, int stride, Padding padding) {
    int output() {
      return padding.output(size, kernel, stride);
    }

    int before() {
      return padding.before(size, kernel, stride);
    }

    int after() {
      return padding.after(size, kernel, stride);
    }
  }
}
