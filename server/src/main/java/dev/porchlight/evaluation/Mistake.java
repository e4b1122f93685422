package dev.porchlight.evaluation;

import dev.porchlight.domain.DetectedObject;
import java.nio.file.Path;

/** Where a detector and the labels disagree. */
sealed interface Mistake {
  /** It was seen and is not there. */
  record Wrong(Path picture, DetectedObject object) implements Mistake {}

  /** It is there and was not seen; {@code confidence} is how sure the detector was all the same, 0 when not at all. */
  record Missed(Path picture, Truth truth, double confidence) implements Mistake {}
}
