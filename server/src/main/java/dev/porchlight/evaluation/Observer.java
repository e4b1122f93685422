package dev.porchlight.evaluation;

import dev.porchlight.domain.DetectedObject;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Looks at pictures: the detector that is evaluated. */
@FunctionalInterface
public interface Observer {
  /**
   * What is in a picture, down to a confidence of almost nothing.
   *
   * @throws IOException when it cannot be read or decoded; the message says why, in one line for people
   */
  List<DetectedObject> look(Path picture) throws IOException, InterruptedException;
}
