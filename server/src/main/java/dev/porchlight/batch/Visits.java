package dev.porchlight.batch;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Movement;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Visit;
import java.util.ArrayList;
import java.util.List;

/** Follows the objects of a batch from frame to frame, by overlap and group. */
public final class Visits {
  private Visits() {}

  /** The objects among detections, which are in the order of their frames; by the time they were first seen. */
  public static List<Visit> of(List<Detection> detections) {
    var tracks = new ArrayList<List<Detection>>();
    for (Detection detection : detections) {
      tracks.stream()
          .filter(track -> track.getLast().detectedAt().isBefore(detection.detectedAt()))
          .filter(track -> ObjectGroup.of(track.getLast().objectType()).equals(ObjectGroup.of(detection.objectType())))
          .filter(track -> overlaps(track.getLast(), detection))
          .findFirst()
          .ifPresentOrElse(track -> track.add(detection), () -> tracks.add(new ArrayList<>(List.of(detection))));
    }
    return tracks.stream()
        .map(track -> new Visit(track.getFirst().objectType(), track, Movement.UNKNOWN))
        .toList();
  }

  private static boolean overlaps(Detection a, Detection b) {
    return a.bboxX() < b.bboxX() + b.bboxWidth() && b.bboxX() < a.bboxX() + a.bboxWidth()
        && a.bboxY() < b.bboxY() + b.bboxHeight() && b.bboxY() < a.bboxY() + a.bboxHeight();
  }
}
