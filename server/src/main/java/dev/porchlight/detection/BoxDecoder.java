package dev.porchlight.detection;

import java.nio.FloatBuffer;
import java.util.List;

/** How boxes come out of a model: what it answered, as candidates. Immutable. */
sealed interface BoxDecoder permits SsdDecoder, YoloxDecoder, YoloDecoder, ListDecoder, DetrDecoder {
  /** The names of the outputs it reads, in the order in which it takes them. */
  List<String> outputs();

  /**
   * The candidates of the classes that matter, not yet suppressed, in parts of the model's input.
   *
   * @param outputs of one picture, as many values as the limit says
   */
  List<Candidate> decode(List<FloatBuffer> outputs);
}
