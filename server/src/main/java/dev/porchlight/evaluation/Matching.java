package dev.porchlight.evaluation;

import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the objects that a detector saw in a picture are there, as COCO's evaluation does it: the surest first, each
 * takes, of the objects of its group that are left, the one that it overlaps best, if intersection over union is at least
 * {@value #LEAST_OVERLAP}. What is left over and lies by half among a crowd counts neither way. A car that is called a truck
 * is found: groups are compared, not types.
 *
 * <p>The surest come first, and so what happens to them does not depend on those that are less sure: the figures at any
 * threshold are those of the findings down to it.
 *
 * @param findings the surest first, without those among a crowd
 * @param missed   the truths that no finding took, of all confidences
 */
record Matching(List<Finding> findings, List<Truth> missed) {
  static final double LEAST_OVERLAP = 0.5;

  Matching {
    findings = List.copyOf(findings);
    missed = List.copyOf(missed);
  }

  /** Matches what was seen with what is there. */
  static Matching of(List<DetectedObject> seen, List<Truth> truths, ObjectGroup group) {
    var left = new ArrayList<>(truths.stream().filter(truth -> truth.group() == group && !truth.isCrowd()).toList());
    List<Truth> crowds = truths.stream().filter(truth -> truth.group() == group && truth.isCrowd()).toList();
    var findings = new ArrayList<Finding>();
    for (DetectedObject object : surestFirst(seen, group)) {
      Truth best = best(object, left);
      boolean isAmongCrowd = crowds.stream()
          .anyMatch(crowd -> Boxes.partIn(object.box(), crowd.box()) >= LEAST_OVERLAP);
      if (best != null) {
        left.remove(best);
        findings.add(new Finding(object, best));
      } else if (!isAmongCrowd) {
        findings.add(new Finding(object, null));
      }
    }
    return new Matching(findings, left);
  }

  private static List<DetectedObject> surestFirst(List<DetectedObject> seen, ObjectGroup group) {
    return seen.stream()
        .filter(object -> ObjectGroup.of(object.objectType()).filter(group::equals).isPresent())
        .sorted(Comparator.comparingDouble(DetectedObject::confidence).reversed())
        .toList();
  }

  private static @Nullable Truth best(DetectedObject object, List<Truth> left) {
    Truth best = null;
    double most = LEAST_OVERLAP;
    for (Truth truth : left) {
      double overlap = Boxes.overlap(object.box(), truth.box());
      if (overlap >= most) {
        most = overlap;
        best = truth;
      }
    }
    return best;
  }
}
