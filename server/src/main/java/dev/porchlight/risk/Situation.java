package dev.porchlight.risk;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.ObjectGroup;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an analyst is told of a batch.
 *
 * @param detections by frame time, at least one
 */
record Situation(Batch batch, List<Detection> detections) {
  Situation {
    detections = List.copyOf(detections);
    if (detections.isEmpty()) {
      throw new IllegalArgumentException("batch " + batch.id() + " has no detections");
    }
  }

  /** How long it went on. */
  Duration length() {
    return Duration.between(batch.firstAt(), batch.lastAt());
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
