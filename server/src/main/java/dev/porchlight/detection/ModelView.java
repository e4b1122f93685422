package dev.porchlight.detection;

/**
 * What a family looks at to say whether a model is one of it, and how it is used.
 *
 * @param facts     with the sizes of the outputs when a picture of {@code input}'s size goes in
 * @param labels    where names come from
 * @param threshold the least score that counts, between 0 and 1, both excluded
 */
record ModelView(ModelFacts facts, PictureInput input, LabelSource labels, double threshold) {
  InputSize size() {
    return input.size();
  }

  /** A plan of a family that stretches or pads as {@code fit} says. */
  ModelPlan plan(Family family, boolean blueFirst, PixelScale scale, Fit fit, BoxDecoder decoder) {
    return new ModelPlan(family, input, input.layout(blueFirst, scale, fit), decoder);
  }

  /** Whether pictures are all that goes in. */
  boolean takesPicturesAlone() {
    return facts.inputs().size() == 1;
  }
}
