package dev.porchlight.detection;

import dev.porchlight.domain.DetectedObject;
import java.util.List;

/** Finds objects in pictures. Thread-safe for as many threads as {@link DetectionConfig#workers()}. */
public interface Detector extends AutoCloseable {
  /**
   * Finds the objects that matter for security (those with an {@link dev.porchlight.domain.ObjectGroup}).
   *
   * @return the most confident first; boxes in pixels of the source picture as displayed, inside it, at least 1x1
   * @throws DetectorException when it failed for a reason that does not lie in the picture
   */
  List<DetectedObject> detect(Picture picture);

  /** What it has to be given of a picture. */
  default Sight sight() {
    return Sight.USUAL;
  }

  /** What looks, and on what, in a few words for people. */
  default String description() {
    return getClass().getSimpleName();
  }

  /** Frees what it holds. Nothing may be detecting. */
  @Override
  void close();
}
