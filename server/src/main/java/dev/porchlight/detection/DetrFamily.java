package dev.porchlight.detection;

import ai.onnxruntime.OnnxJavaType;
import dev.porchlight.detection.YoloDecoder.Form;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Detection transformers. RT-DETR and D-FINE as their projects export them take the size of the picture, too, and answer
 * labels, boxes and scores; RF-DETR answers dets and labels (logits); what comes of Hugging Face's transformers answers
 * logits and pred_boxes; Ultralytics' RT-DETR [1, Q, 4 + C]. All see the picture stretched.
 */
record DetrFamily() implements Family {
  /** Its two numbers, across and down, are what boxes are measured in; see {@link Lane}. */
  static final String SIZES = "orig_target_sizes";
  private static final InputSize PARTS = new InputSize(1, 1);
  private static final int BOX = 4;
  private static final int MOST_QUERIES = 1000;
  /** COCO's numbers and one for no object. */
  private static final int WITH_NOTHING = CocoLabels.COUNT + 1;

  @Override
  public String key() {
    return "detr";
  }

  @Override
  public String expects() {
    return "the inputs images, orig_target_sizes INT64 [1, 2] and the outputs labels [1, Q], boxes [1, Q, 4], scores [1, Q]; "
        + "or the outputs dets [1, Q, 4], labels [1, Q, classes]; or pred_boxes [1, Q, 4], logits [1, Q, classes]";
  }

  @Override
  public @Nullable ModelPlan plan(ModelView model) {
    ModelFacts facts = model.facts();
    TensorFacts sizes = facts.input(SIZES);
    if (sizes != null) {
      return facts.inputs().size() == 2 && sizes.type() == OnnxJavaType.INT64 && sizes.rank() == 2
          ? chosen(model)
          : null;
    }
    if (!model.takesPicturesAlone()) {
      return null;
    }
    ModelPlan raw = raw(model, facts.output("dets"), facts.output("labels"), true);
    if (raw != null) {
      return raw;
    }
    ModelPlan plain = raw(model, facts.output("pred_boxes"), facts.output("logits"), false);
    return plain != null ? plain : ultralytics(model);
  }

  private @Nullable ModelPlan chosen(ModelView model) {
    TensorFacts boxes = model.facts().output("boxes");
    if (boxes == null || !boxes.isOneOf(boxes.side(1), BOX)
        || !Set.of("labels", "boxes", "scores")
            .equals(Set.copyOf(model.facts().outputs().stream().map(TensorFacts::name).toList()))) {
      return null;
    }
    return model.plan(this, false, PixelScale.UNIT, Fit.STRETCH,
        new ListDecoder(List.of("boxes", "scores", "labels"), ListDecoder.Form.COLUMNS_FIRST, model.size(),
            model.labels().ofUnknownCount(), model.threshold()));
  }

  private @Nullable ModelPlan raw(ModelView model, @Nullable TensorFacts boxes, @Nullable TensorFacts logits,
      boolean isNormalised) {
    if (boxes == null || logits == null || !boxes.isFloat() || !logits.isFloat()
        || !boxes.isOneOf(boxes.side(1), BOX) || !logits.isOneOf(boxes.side(1), logits.side(2))) {
      return null;
    }
    int columns = logits.side(2);
    boolean isShared = !isNormalised && columns == WITH_NOTHING;
    // RF-DETR trained anew has a column more than there are classes; a file of labels need not name that one.
    boolean hasSpare = isShared
        || (isNormalised && model.labels().fits(columns - 1) && !model.labels().fits(columns));
    Labels labels = model.labels().of(hasSpare ? columns - 1 : columns);
    // RT-DETR and D-FINE, which count 80, are trained on plain parts of 1; the older ones, which count 91, on ImageNet's scale.
    boolean isImageNet = isNormalised || columns == CocoLabels.COUNT || isShared;
    return model.plan(this, false, isImageNet ? PixelScale.IMAGENET : PixelScale.UNIT, Fit.STRETCH,
        new DetrDecoder(boxes.name(), logits.name(), columns,
            isShared ? DetrDecoder.Scores.SHARED : DetrDecoder.Scores.APART, labels, model.threshold()));
  }

  private @Nullable ModelPlan ultralytics(ModelView model) {
    TensorFacts output = model.facts().outputs().getFirst();
    if (model.facts().outputs().size() != 1 || !output.isFloat() || output.rank() != 3
        || output.side(2) == BOX + 2 || output.side(1) > MOST_QUERIES || output.side(1) <= output.side(2)
        || !Strides.of(model.size(), output.side(1), 1).isEmpty()
        || !Strides.of(model.size(), output.side(1), 3).isEmpty()
        || !YoloFamily.hasNoObjectness(output.side(2), model.labels())) {
      return null;
    }
    Labels labels = model.labels().of(output.side(2) - BOX);
    return model.plan(this, false, PixelScale.UNIT, Fit.STRETCH,
        new YoloDecoder(output.name(), new Form(false, false), PARTS, labels, model.threshold()));
  }
}
