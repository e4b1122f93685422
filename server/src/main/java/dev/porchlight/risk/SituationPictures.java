package dev.porchlight.risk;

import dev.porchlight.domain.Detection;
import java.util.Optional;

/** Shows what was detected. Thread-safe. */
public interface SituationPictures {
  /** No pictures. */
  SituationPictures NONE = _ -> Optional.empty();

  /** The part of a picture around a detection; empty when the picture is gone or cannot be shown. */
  Optional<Shot> of(Detection detection) throws InterruptedException;

  /**
   * A picture to look at. The array is handed over, not copied.
   *
   * @param jpeg      a JPEG of some hundred pixels
   * @param sharpness the variance of its Laplacian: more is sharper, comparable among pictures of one size
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Shot(byte[] jpeg, double sharpness) {}
}
