package dev.porchlight.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;

/**
 * One object, followed through the frames of a batch: twenty pictures of one person are one visit.
 *
 * @param objectType the type that most of its detections name
 * @param sightings  its detections by frame time, at least one
 * @param movement   how it moved between the first and the last of them
 */
public record Visit(String objectType, List<Detection> sightings, Movement movement) {
  public Visit {
    sightings = List.copyOf(sightings);
    if (sightings.isEmpty()) {
      throw new IllegalArgumentException("a visit is seen at least once");
    }
  }

  /** Frame time of its first detection. */
  public Instant firstAt() {
    return sightings.getFirst().detectedAt();
  }

  /** Frame time of its last detection. */
  public Instant lastAt() {
    return sightings.getLast().detectedAt();
  }

  /** From its first detection to its last. */
  public Duration length() {
    return Duration.between(firstAt(), lastAt());
  }

  /** The highest confidence of its detections, 0 to 1. */
  public double confidence() {
    return sightings.stream().map(Detection::confidence).max(Comparator.naturalOrder()).orElseThrow();
  }
}
