package dev.porchlight.risk;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an analyst is told of a batch.
 *
 * @param isOver     false when more may come: it is judged before its end
 * @param detections by frame time, at least one
 * @param visits     the same, as objects that were followed through the frames
 * @param time       of its first detection
 * @param household  who lives here and what is usual, in the owner's words; empty when nothing was said
 */
record Situation(Batch batch, boolean isOver, Camera camera, List<Detection> detections, List<Visit> visits,
    HomeTime time, Routine routine, String household) {
  Situation {
    detections = List.copyOf(detections);
    visits = List.copyOf(visits);
    if (detections.isEmpty()) {
      throw new IllegalArgumentException("batch " + batch.id() + " has no detections");
    }
  }

  /** This situation with another past. */
  Situation with(Routine other) {
    return new Situation(batch, isOver, camera, detections, visits, time, other, household);
  }

  /** How long it went on. */
  Duration length() {
    return Duration.between(batch.firstAt(), batch.lastAt());
  }

  /** What it is about: the group that matters most among what was seen. */
  ObjectGroup subject() {
    for (ObjectGroup group : ObjectGroup.values()) {
      if (mostAtOnce(group) > 0) {
        return group;
      }
    }
    throw new IllegalArgumentException("batch " + batch.id() + " shows nothing that matters");
  }

  /** The most objects of each type that one frame showed: twenty pictures of one person show one person. */
  Map<String, Integer> mostAtOnce() {
    var perFrame = new HashMap<Instant, Map<String, Integer>>();
    for (Detection detection : detections) {
      perFrame.computeIfAbsent(detection.detectedAt(), _ -> new HashMap<>())
          .merge(detection.objectType(), 1,
              Integer::sum);
    }
    var most = new TreeMap<String, Integer>();
    perFrame.values().forEach(counts -> counts.forEach((type, count) -> most.merge(type, count, Math::max)));
    return most;
  }

  /** The most objects of a group that one frame showed. */
  int mostAtOnce(ObjectGroup group) {
    var perFrame = new HashMap<Instant, Integer>();
    for (Detection detection : detections) {
      if (ObjectGroup.of(detection.objectType()).filter(group::equals).isPresent()) {
        perFrame.merge(detection.detectedAt(), 1, Integer::sum);
      }
    }
    return perFrame.values().stream().mapToInt(Integer::intValue).max().orElse(0);
  }

  /** The highest confidence among the detections of a group; 0 when there are none. */
  double mostSure(ObjectGroup group) {
    return detections.stream()
        .filter(d -> ObjectGroup.of(d.objectType()).filter(group::equals).isPresent())
        .mapToDouble(Detection::confidence)
        .max()
        .orElse(0);
  }
}
