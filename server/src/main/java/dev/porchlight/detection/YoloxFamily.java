package dev.porchlight.detection;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** YOLOX as its own project exports it, without decoding in the model and without the means and deviations of its youth. */
record YoloxFamily() implements Family {
  private static final int HEAD = 5;

  @Override
  public String key() {
    return "yolox";
  }

  @Override
  public String expects() {
    return "an output FLOAT [1, N, 5 + classes], N the cells of the input in squares of 8, 16 and 32 (and 64) pixels";
  }

  @Override
  public @Nullable ModelPlan plan(ModelView model) {
    if (!model.takesPicturesAlone() || model.facts().outputs().size() != 1) {
      return null;
    }
    TensorFacts output = model.facts().outputs().getFirst();
    Optional<Strides> strides = Strides.of(model.size(), output.side(1), 1);
    if (!output.isFloat() || output.rank() != 3 || strides.isEmpty() || output.side(2) <= HEAD
        || YoloFamily.hasNoObjectness(output.side(2), model.labels())) {
      return null;
    }
    Labels labels = model.labels().of(output.side(2) - HEAD);
    return model.plan(this, true, PixelScale.BYTES, Fit.TOP_LEFT,
        new YoloxDecoder(output.name(), strides.get(), model.size(), labels, model.threshold()));
  }
}
