package dev.porchlight.batch;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One object while it is followed. Confined to one thread. */
final class Track {
  /** Somebody who was hidden for longer is somebody else. */
  private static final double LONGEST_GAP_SECONDS = 6;
  /** What stands in the same place is the same, also on a camera that sends a picture now and then. */
  private static final double LONGEST_STAY_SECONDS = 60;
  private static final double SAME_PLACE = 0.5;
  private static final double LEAST_OVERLAP = 0.1;
  /** Of its own height: a box is not still while its object is. */
  private static final double REACH = 0.6;
  /** Heights in a second: a walker of 1.7 m goes 1.4 m, somebody who runs twice as far; beyond what was foreseen. */
  private static final double REACH_PER_SECOND = 0.9;
  /** A vehicle is longer than high, and faster. */
  private static final double VEHICLE_REACH_PER_SECOND = 3;
  private static final double MOST_GROWTH = 2;
  /** An object hides another for a frame or two; a foresight beyond that is a guess. */
  private static final double FORESIGHT_SECONDS = 2;
  private static final double OTHER_TYPE = 0.9;

  private final List<Detection> sightings = new ArrayList<>();
  private final Optional<ObjectGroup> group;
  private final double reachPerSecond;
  /** Of the box's centre, in pixels a second. */
  private double speedX;
  private double speedY;

  Track(Detection first) {
    sightings.add(first);
    group = ObjectGroup.of(first.objectType());
    reachPerSecond = group.filter(ObjectGroup.VEHICLE::equals).isPresent()
        ? VEHICLE_REACH_PER_SECOND
        : REACH_PER_SECOND;
  }

  /** True when nothing that is seen at {@code time} can belong here any more. */
  boolean isLost(Instant time) {
    return seconds(last().detectedAt(), time) > LONGEST_STAY_SECONDS;
  }

  /** How well a later detection fits: 0 when it cannot be the same object, more when it fits better. */
  double fit(Detection next) {
    Detection last = last();
    double gap = seconds(last.detectedAt(), next.detectedAt());
    double growth = size(next) / size(last);
    if (!group.equals(ObjectGroup.of(next.objectType())) || growth > MOST_GROWTH || growth < 1 / MOST_GROWTH) {
      return 0;
    }
    double stay = overlap(last, 0, 0, next);
    if (gap > LONGEST_GAP_SECONDS) {
      return stay >= SAME_PLACE ? stay : 0;
    }
    double ahead = Math.min(gap, FORESIGHT_SECONDS);
    double overlap = Math.max(stay, overlap(last, speedX * ahead, speedY * ahead, next));
    double away = Math.hypot(centreX(next) - centreX(last) - speedX * ahead,
        centreY(next) - centreY(last) - speedY * ahead) / size(last);
    double near = 1 - away / (REACH + reachPerSecond * gap);
    if (overlap < LEAST_OVERLAP && near <= 0) {
      return 0;
    }
    double fit = overlap + Math.max(0, near);
    return next.objectType().equals(last.objectType()) ? fit : fit * OTHER_TYPE;
  }

  void add(Detection next) {
    double gap = seconds(last().detectedAt(), next.detectedAt());
    double x = (centreX(next) - centreX(last())) / gap;
    double y = (centreY(next) - centreY(last())) / gap;
    // Half of what was known: a box that trembles does not send its track away.
    boolean isFirst = sightings.size() == 1;
    speedX = isFirst ? x / 2 : (speedX + x) / 2;
    speedY = isFirst ? y / 2 : (speedY + y) / 2;
    sightings.add(next);
  }

  Visit visit() {
    return new Visit(type(), sightings, Movements.of(sightings));
  }

  /** What most of its sightings say, the surer ones more. */
  private String type() {
    Map<String, Double> votes = new HashMap<>();
    for (Detection sighting : sightings) {
      votes.merge(sighting.objectType(), sighting.confidence() + 1e-6, Double::sum);
    }
    return votes.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey();
  }

  private Detection last() {
    return sightings.getLast();
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  /** The longer side in pixels. */
  static double size(Detection detection) {
    return Math.max(1, Math.max(detection.bboxWidth(), detection.bboxHeight()));
  }

  private static double centreX(Detection detection) {
    return detection.bboxX() + detection.bboxWidth() / 2.0;
  }

  private static double centreY(Detection detection) {
    return detection.bboxY() + detection.bboxHeight() / 2.0;
  }

  /** Intersection over union of a box that has moved by so much with another. */
  private static double overlap(Detection a, double byX, double byY, Detection b) {
    double left = Math.max(a.bboxX() + byX, b.bboxX());
    double right = Math.min(a.bboxX() + byX + a.bboxWidth(), b.bboxX() + b.bboxWidth());
    double top = Math.max(a.bboxY() + byY, b.bboxY());
    double bottom = Math.min(a.bboxY() + byY + a.bboxHeight(), b.bboxY() + b.bboxHeight());
    double common = Math.max(0, right - left) * Math.max(0, bottom - top);
    double all = (double) a.bboxWidth() * a.bboxHeight() + (double) b.bboxWidth() * b.bboxHeight() - common;
    return all <= 0 ? 0 : common / all;
  }
}
