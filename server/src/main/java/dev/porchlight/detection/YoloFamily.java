package dev.porchlight.detection;

import dev.porchlight.detection.YoloDecoder.Form;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The YOLOs that decode their boxes themselves, in pixels of the input: YOLOv8, v9 and 11 [1, 4 + C, N], YOLOv5 and v7
 * [1, N, 5 + C], and those that also choose, as YOLOv10 does and Ultralytics' exports with NMS: [1, N, 6].
 */
record YoloFamily() implements Family {
  private static final int BOX = 4;
  private static final int CHOSEN = 6;
  /** Models that choose answer 100 to 300 boxes; the others have thousands. */
  private static final int MOST_CHOSEN = 1000;
  private static final int ANCHORS = 3;

  @Override
  public String key() {
    return "yolo";
  }

  @Override
  public String expects() {
    return "an output FLOAT [1, 4 + classes, N], [1, N, 5 + classes] or [1, N, 6]";
  }

  @Override
  public @Nullable ModelPlan plan(ModelView model) {
    TensorFacts output = model.facts().outputs().getFirst();
    if (!model.takesPicturesAlone() || !output.isFloat() || output.rank() != 3) {
      return null;
    }
    BoxDecoder decoder = isChosen(output, model) ? chosen(output, model) : all(output, model);
    return decoder == null ? null : model.plan(this, false, PixelScale.UNIT, Fit.CENTRED, decoder);
  }

  /** Whether a box of this many numbers can only be one without objectness, since otherwise nothing would name its classes. */
  static boolean hasNoObjectness(int columns, LabelSource labels) {
    return labels.fits(columns - BOX) && !labels.fits(columns - BOX - 1);
  }

  private static boolean isChosen(TensorFacts output, ModelView model) {
    return output.side(2) == CHOSEN && output.side(1) <= MOST_CHOSEN
        && Strides.of(model.size(), output.side(1), ANCHORS).isEmpty()
        && Strides.of(model.size(), output.side(1), 1).isEmpty();
  }

  private static BoxDecoder chosen(TensorFacts output, ModelView model) {
    return new ListDecoder(List.of(output.name()), ListDecoder.Form.COLUMNS_FIRST, model.size(),
        model.labels().ofUnknownCount(), model.threshold());
  }

  private static @Nullable BoxDecoder all(TensorFacts output, ModelView model) {
    // There are always more boxes than numbers for each.
    boolean isTransposed = output.side(1) <= output.side(2);
    int columns = Math.min(output.side(1), output.side(2));
    boolean hasObjectness = !isTransposed && !hasNoObjectness(columns, model.labels());
    int classes = columns - BOX - (hasObjectness ? 1 : 0);
    if (classes < 1) {
      return null;
    }
    return new YoloDecoder(output.name(), new Form(isTransposed, hasObjectness), model.size(),
        model.labels().of(classes), model.threshold());
  }
}
