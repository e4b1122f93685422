package dev.porchlight.evaluation;

import dev.porchlight.domain.DetectedObject;
import org.jspecify.annotations.Nullable;

/**
 * What became of one object that the detector said it saw.
 *
 * @param truth what it was found to be; null when there is no such thing there
 */
record Finding(DetectedObject object, @Nullable Truth truth) {
  boolean isRight() {
    return truth != null;
  }
}
