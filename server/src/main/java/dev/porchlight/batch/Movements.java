package dev.porchlight.batch;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Movement;
import java.time.Duration;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Tells how an object moved, by its size and by where it stood: the middle of its box's lower edge. Medians of the first and
 * the last part of its sightings are compared, so that a box that trembles or is cut off once does not decide.
 */
final class Movements {
  private static final int LEAST_SIGHTINGS = 3;
  private static final Duration LEAST_TIME = Duration.ofSeconds(1);
  /** A quarter larger is a fifth nearer. */
  private static final double GROWN = 1.25;
  private static final double SHRUNK = 0.8;
  /** In its own sizes. */
  private static final double FAR = 1.0;
  private static final double NEAR = 0.35;

  private Movements() {}

  /** @param sightings by time, at least one */
  static Movement of(List<Detection> sightings) {
    Duration time = Duration.between(sightings.getFirst().detectedAt(), sightings.getLast().detectedAt());
    if (sightings.size() < LEAST_SIGHTINGS || time.compareTo(LEAST_TIME) < 0) {
      return Movement.UNKNOWN;
    }
    int part = Math.clamp(sightings.size() / 4, 1, 8);
    List<Detection> first = sightings.subList(0, part);
    List<Detection> last = sightings.subList(sightings.size() - part, sightings.size());
    double growth = median(last, Track::size) / median(first, Track::size);
    if (growth >= GROWN) {
      return Movement.APPROACHING;
    }
    if (growth <= SHRUNK) {
      return Movement.LEAVING;
    }
    double size = median(sightings, Track::size);
    double moved = Math.hypot(median(last, Movements::footX) - median(first, Movements::footX),
        median(last, Movements::footY) - median(first, Movements::footY)) / size;
    if (moved >= FAR) {
      return Movement.PASSING;
    }
    return Math.max(spread(sightings, Movements::footX), spread(sightings, Movements::footY)) / size < NEAR
        ? Movement.STILL
        : Movement.LINGERING;
  }

  private static double footX(Detection detection) {
    return detection.bboxX() + detection.bboxWidth() / 2.0;
  }

  private static double footY(Detection detection) {
    return (double) detection.bboxY() + detection.bboxHeight();
  }

  private static double median(List<Detection> sightings, ToDoubleFunction<Detection> value) {
    return quantile(sightings, value, 0.5);
  }

  /** Between the first and the last tenth: an outlier is none. */
  private static double spread(List<Detection> sightings, ToDoubleFunction<Detection> value) {
    return quantile(sightings, value, 0.9) - quantile(sightings, value, 0.1);
  }

  private static double quantile(List<Detection> sightings, ToDoubleFunction<Detection> value, double share) {
    double[] sorted = sightings.stream().mapToDouble(value).sorted().toArray();
    return sorted[(int) Math.round((sorted.length - 1) * share)];
  }
}
