package dev.porchlight.evaluation;

import java.util.Comparator;
import java.util.List;

/**
 * Average precision as COCO's evaluation has it: precision read off at the 101 recalls 0, 0.01, … 1, at each the best
 * precision that this recall or a higher one is reached with, 0 where it is never reached; and the mean of these.
 */
final class AveragePrecision {
  private static final int STEPS = 100;

  private AveragePrecision() {}

  /**
   * The average precision of the findings of all pictures together.
   *
   * @param findings in any order
   * @param truths   how many there are; at least 1
   * @return 0 to 1
   */
  static double of(List<Finding> findings, int truths) {
    List<Finding> sorted = findings.stream()
        .sorted(Comparator.comparingDouble((Finding finding) -> finding.object().confidence()).reversed())
        .toList();
    var precision = new double[sorted.size()];
    var recall = new double[sorted.size()];
    int right = 0;
    for (int i = 0; i < sorted.size(); i++) {
      right += sorted.get(i).isRight() ? 1 : 0;
      precision[i] = right / (i + 1.0);
      recall[i] = right / (double) truths;
    }
    for (int i = sorted.size() - 2; i >= 0; i--) {
      precision[i] = Math.max(precision[i], precision[i + 1]);
    }
    double sum = 0;
    int at = 0;
    for (int step = 0; step <= STEPS; step++) {
      while (at < recall.length && recall[at] * STEPS < step - 1e-9) {
        at++;
      }
      sum += at < recall.length ? precision[at] : 0;
    }
    return sum / (STEPS + 1);
  }
}
