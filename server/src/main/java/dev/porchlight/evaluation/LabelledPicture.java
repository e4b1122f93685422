package dev.porchlight.evaluation;

import java.nio.file.Path;
import java.util.List;

/** A picture and what is in it; an empty list says that nothing is. */
record LabelledPicture(Path file, List<Truth> truths) {
  LabelledPicture {
    truths = List.copyOf(truths);
  }
}
