package dev.porchlight.detection;

import ai.onnxruntime.OnnxJavaType;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The input of a model that takes the picture.
 *
 * @param channelsFirst NCHW, or NHWC
 * @param size          what is fed
 */
record PictureInput(TensorFacts tensor, boolean channelsFirst, InputSize size) {
  private static final InputSize USUAL = new InputSize(640, 640);
  private static final Pattern NUMBER = Pattern.compile("\\d{1,6}");

  /**
   * Finds it.
   *
   * @param wanted {@code detection.input-size}
   * @throws ModelException when there is none, or it cannot take pictures of that size one at a time
   */
  static PictureInput of(ModelFacts facts, @Nullable InputSize wanted) {
    TensorFacts tensor = facts.inputs()
        .stream()
        .filter(PictureInput::takesPictures)
        .findFirst()
        .orElseThrow(() -> new ModelException(
            "expected an input for pictures, FLOAT, FLOAT16 or UINT8, [1, 3, height, width] or [1, height, width, 3]; "
                + facts.describe()));
    if (Math.abs(tensor.side(0)) != 1) {
      throw new ModelException("expected an input for one picture at a time, found " + tensor);
    }
    boolean channelsFirst = tensor.side(3) != InputLayout.CHANNELS;
    int height = tensor.side(channelsFirst ? 2 : 1);
    int width = tensor.side(channelsFirst ? 3 : 2);
    InputSize size = fixed(width, height, wanted == null ? standard(facts) : wanted);
    if (wanted != null && !size.equals(wanted)) {
      throw new ModelException("it takes pictures of " + size + " alone, and detection.input-size says " + wanted);
    }
    checkStep(size, facts);
    return new PictureInput(tensor, channelsFirst, size);
  }

  /** What the family adds: the colours and the shape. */
  InputLayout layout(boolean blueFirst, PixelScale scale, Fit fit) {
    return new InputLayout(size.width(), size.height(), channelsFirst, blueFirst, scale, fit);
  }

  private static boolean takesPictures(TensorFacts tensor) {
    boolean isTaken = tensor.isFloat() || tensor.type() == OnnxJavaType.UINT8;
    // Some exporters leave even the number of colours open; they put it first.
    return isTaken && tensor.rank() == 4
        && (Math.abs(tensor.side(1)) == InputLayout.CHANNELS || tensor.side(3) == InputLayout.CHANNELS
            || tensor.side(1) < 0);
  }

  private static InputSize fixed(int width, int height, InputSize open) {
    return new InputSize(width > 0 ? width : open.width(), height > 0 ? height : open.height());
  }

  /** What Ultralytics notes as {@code imgsz}: [height, width]. */
  private static InputSize standard(ModelFacts facts) {
    List<Integer> sides = numbers(facts.metadata().getOrDefault("imgsz", ""));
    InputSize noted = switch (sides.size()) {
      case 1 -> InputSize.parse(sides.getFirst().toString());
      case 2 -> InputSize.parse(sides.getLast() + "x" + sides.getFirst());
      default -> null;
    };
    return noted == null ? USUAL : noted;
  }

  private static void checkStep(InputSize size, ModelFacts facts) {
    List<Integer> steps = numbers(facts.metadata().getOrDefault("stride", ""));
    int step = steps.isEmpty() ? 1 : Math.max(1, steps.getFirst());
    if (size.width() % step != 0 || size.height() % step != 0) {
      throw new ModelException("it takes pictures whose sides are multiples of " + step + ", and not of " + size);
    }
  }

  private static List<Integer> numbers(String text) {
    return NUMBER.matcher(text).results().map(result -> Integer.parseInt(result.group())).toList();
  }
}
