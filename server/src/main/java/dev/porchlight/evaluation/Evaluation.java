package dev.porchlight.evaluation;

import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Gathers what a detector saw in labelled pictures, and works out how good that is. Confined to one thread. */
final class Evaluation {
  private final double threshold;
  private final List<Looked> looked = new ArrayList<>();

  /** An evaluation; {@code threshold} is the least confidence that counts for precision and recall. */
  Evaluation(double threshold) {
    this.threshold = threshold;
  }

  /**
   * Adds a picture.
   *
   * @param seen down to a confidence far below the threshold: the average precision needs those too
   */
  void add(LabelledPicture picture, List<DetectedObject> seen) {
    looked.add(new Looked(picture, seen));
  }

  int pictures() {
    return looked.size();
  }

  GroupQuality of(ObjectGroup group) {
    int pictures = 0;
    int truths = 0;
    var findings = new ArrayList<Finding>();
    for (Looked one : looked) {
      Matching matching = one.match(group);
      int there = one.count(group);
      findings.addAll(matching.findings());
      truths += there;
      pictures += there > 0 ? 1 : 0;
    }
    int found = (int) findings.stream().filter(this::counts).filter(Finding::isRight).count();
    int wrong = (int) findings.stream().filter(this::counts).filter(finding -> !finding.isRight()).count();
    return new GroupQuality(pictures, truths, found, wrong,
        truths == 0 ? null : Double.valueOf(AveragePrecision.of(findings, truths)));
  }

  GroupQuality all() {
    return GroupQuality.sum(List.of(ObjectGroup.values()).stream().map(this::of).toList(), pictures());
  }

  /** What was seen and is not there, or is there and was not seen; by picture. */
  List<Mistake> mistakes() {
    var mistakes = new ArrayList<Mistake>();
    for (Looked one : looked) {
      for (ObjectGroup group : ObjectGroup.values()) {
        Matching matching = one.match(group);
        for (Finding finding : matching.findings()) {
          Truth truth = finding.truth();
          if (truth != null && !counts(finding)) {
            mistakes.add(new Mistake.Missed(one.file(), truth, finding.object().confidence()));
          } else if (truth == null && counts(finding)) {
            mistakes.add(new Mistake.Wrong(one.file(), finding.object()));
          }
        }
        matching.missed().forEach(truth -> mistakes.add(new Mistake.Missed(one.file(), truth, 0)));
      }
    }
    return mistakes;
  }

  private boolean counts(Finding finding) {
    return finding.object().confidence() >= threshold;
  }

  private record Looked(LabelledPicture picture, List<DetectedObject> seen) {
    Path file() {
      return picture.file();
    }

    Matching match(ObjectGroup group) {
      return Matching.of(seen, picture.truths(), group);
    }

    int count(ObjectGroup group) {
      return (int) picture.truths().stream().filter(truth -> truth.group() == group && !truth.isCrowd()).count();
    }
  }
}
