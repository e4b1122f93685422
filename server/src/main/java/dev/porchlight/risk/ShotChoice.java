package dev.porchlight.risk;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Visit;
import dev.porchlight.risk.SituationPictures.Shot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Chooses the pictures that say most: of the visits that matter most, spread over their time, and of each moment the
 * largest and surest sightings; among those the sharpest, which takes decoding and is therefore asked of few.
 */
final class ShotChoice {
  /** Sightings that are decoded for each picture that is sent. */
  private static final int CANDIDATES = 3;

  private final SituationPictures pictures;

  ShotChoice(SituationPictures pictures) {
    this.pictures = pictures;
  }

  /** At most {@code most} pictures of different moments, in their order; fewer when pictures are gone. */
  List<ChosenShot> of(Situation situation, int most) throws InterruptedException {
    var chosen = new ArrayList<ChosenShot>();
    for (List<Detection> moment : moments(situation, most)) {
      sharpest(moment).ifPresent(chosen::add);
    }
    chosen.sort(Comparator.comparing(shot -> shot.detection().detectedAt()));
    return chosen;
  }

  /** The time of the subject's visits, cut into as many parts as pictures are wanted; of each the best candidates. */
  private static List<List<Detection>> moments(Situation situation, int most) {
    List<Detection> shown = situation.visits()
        .stream()
        .filter(visit -> isOfSubject(visit, situation))
        .flatMap(visit -> visit.sightings().stream())
        .sorted(Comparator.comparing(Detection::detectedAt))
        .toList();
    List<Detection> seen = shown.isEmpty() ? situation.detections() : shown;
    Duration part = Duration.between(seen.getFirst().detectedAt(), seen.getLast().detectedAt())
        .dividedBy(Math.max(1, most))
        .plusMillis(1);
    var moments = new ArrayList<List<Detection>>();
    for (int i = 0; i < most; i++) {
      var from = seen.getFirst().detectedAt().plus(part.multipliedBy(i));
      var to = from.plus(part);
      List<Detection> best = seen.stream()
          .filter(d -> !d.detectedAt().isBefore(from) && d.detectedAt().isBefore(to))
          .sorted(Comparator.comparingDouble(ShotChoice::weight).reversed())
          .limit(CANDIDATES)
          .toList();
      if (!best.isEmpty()) {
        moments.add(best);
      }
    }
    return moments;
  }

  private static boolean isOfSubject(Visit visit, Situation situation) {
    return ObjectGroup.of(visit.objectType()).filter(situation.subject()::equals).isPresent();
  }

  /** Large and sure: twice the side is worth twice the confidence. */
  private static double weight(Detection detection) {
    return Math.sqrt((double) detection.bboxWidth() * detection.bboxHeight()) * detection.confidence();
  }

  private Optional<ChosenShot> sharpest(List<Detection> candidates) throws InterruptedException {
    ChosenShot best = null;
    for (Detection candidate : candidates) {
      Optional<Shot> shot = pictures.of(candidate);
      if (shot.isPresent() && (best == null || shot.get().sharpness() > best.shot().sharpness())) {
        best = new ChosenShot(candidate, shot.get());
      }
    }
    return Optional.ofNullable(best);
  }

  /** A picture with what it shows. */
  record ChosenShot(Detection detection, Shot shot) {}
}
