package dev.porchlight.detection;

import dev.porchlight.domain.DetectedObject;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Function;

/** Answers each picture with the next line of its script; with nothing seen when that is over. Confined to one thread. */
final class ScriptedDetector implements Detector {
  final Deque<Function<Picture, List<DetectedObject>>> script = new ArrayDeque<>();

  ScriptedDetector sees(DetectedObject... objects) {
    script.add(_ -> List.of(objects));
    return this;
  }

  ScriptedDetector fails(RuntimeException exception) {
    script.add(_ -> {
      throw exception;
    });
    return this;
  }

  @Override
  public List<DetectedObject> detect(Picture picture) {
    var line = script.poll();
    return line == null ? List.of() : line.apply(picture);
  }

  @Override
  public void close() {
    // holds nothing
  }
}
