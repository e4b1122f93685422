package dev.porchlight.detection;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A kind of models that are fed and read alike. */
sealed interface Family permits SsdFamily, YoloxFamily, YoloFamily, DetrFamily {
  /** The most telling first: a model that fits two is of the first. */
  List<Family> ALL = List.of(new SsdFamily(), new DetrFamily(), new YoloxFamily(), new YoloFamily());

  /** As {@code detection.family} spells it. */
  String key();

  /** What its models look like, in one line for people. */
  String expects();

  /**
   * How a model is used; null when it does not look like one of this family.
   *
   * @throws ModelException when it does, and yet cannot be used
   */
  @Nullable
  ModelPlan plan(ModelView model);

  /** The family of this name; null when there is none. */
  static @Nullable Family named(String key) {
    return ALL.stream().filter(family -> family.key().equals(key)).findFirst().orElse(null);
  }

  /**
   * How a model is used.
   *
   * @param family {@code detection.family}; null for the first that fits
   * @throws ModelException when none does, with what was expected and what was found
   */
  static ModelPlan choose(@Nullable Family family, ModelView model) {
    List<Family> allowed = family == null ? ALL : List.of(family);
    for (Family candidate : allowed) {
      ModelPlan plan = candidate.plan(model);
      if (plan != null) {
        return plan;
      }
    }
    throw mismatch(family, model.facts());
  }

  /** Says what was expected and what is there. */
  static ModelException mismatch(@Nullable Family family, ModelFacts facts) {
    if (family != null) {
      return new ModelException("it is no model of the family " + family.key() + ": expected " + family.expects() + "; "
          + facts.describe());
    }
    String all = String.join("; or of ", ALL.stream().map(known -> known.key() + ": " + known.expects()).toList());
    return new ModelException("it is of no known family: expected one of " + all + "; " + facts.describe());
  }
}
