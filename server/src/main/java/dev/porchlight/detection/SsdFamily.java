package dev.porchlight.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Single-shot detectors of the TensorFlow Object Detection API: the default model, which is cut before its post-processing,
 * and whole ones as tf2onnx converts them, which take 0 to 255 and scale it themselves.
 */
record SsdFamily() implements Family {
  static final String PICTURE = "Preprocessor/sub";
  static final String OFFSETS = "Squeeze";
  static final String LOGITS = "concat_1";
  private static final int SIDE = 300;
  private static final String BOXES = "detection_boxes";
  private static final String SCORES = "detection_scores";
  private static final String CLASSES = "detection_classes";
  private static final InputSize PARTS = new InputSize(1, 1);

  @Override
  public String key() {
    return "ssd";
  }

  @Override
  public String expects() {
    return "the input Preprocessor/sub FLOAT [1, 300, 300, 3] and the outputs Squeeze FLOAT [1, 1917, 4], concat_1 FLOAT "
        + "[1, 1917, 91], or the outputs detection_boxes [1, N, 4], detection_scores [1, N], detection_classes [1, N]";
  }

  @Override
  public @Nullable ModelPlan plan(ModelView model) {
    if (!model.takesPicturesAlone()) {
      return null;
    }
    return isRaw(model) ? raw(model) : whole(model);
  }

  private static boolean isRaw(ModelView model) {
    TensorFacts picture = model.input().tensor();
    TensorFacts offsets = model.facts().output(OFFSETS);
    TensorFacts logits = model.facts().output(LOGITS);
    return picture.name().equals(PICTURE) && picture.isOneOf(SIDE, SIDE, 3) && offsets != null
        && offsets.isOneOf(SsdAnchors.COUNT, 4) && logits != null
        && logits.isOneOf(SsdAnchors.COUNT, CocoLabels.COUNT);
  }

  private ModelPlan raw(ModelView model) {
    Labels labels = model.labels().of(CocoLabels.COUNT);
    return model.plan(this, false, PixelScale.SIGNED, Fit.STRETCH, new SsdDecoder(labels, model.threshold()));
  }

  private @Nullable ModelPlan whole(ModelView model) {
    TensorFacts boxes = model.facts().output(BOXES);
    TensorFacts scores = model.facts().output(SCORES);
    TensorFacts classes = model.facts().output(CLASSES);
    if (boxes == null || scores == null || classes == null || !boxes.isOneOf(boxes.side(1), 4)
        || !scores.isOneOf(boxes.side(1)) || !classes.isOneOf(boxes.side(1))) {
      return null;
    }
    Labels labels = model.labels().names() == null
        ? Labels.of(CocoLabels.ninetyOne())
        : model.labels().ofUnknownCount();
    return model.plan(this, false, PixelScale.BYTES, Fit.STRETCH,
        new ListDecoder(List.of(BOXES, SCORES, CLASSES), ListDecoder.Form.ROWS_FIRST, PARTS, labels,
            model.threshold()));
  }
}
