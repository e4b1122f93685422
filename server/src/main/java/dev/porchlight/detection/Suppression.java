package dev.porchlight.detection;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Non-maximum suppression: of candidates that overlap, the best stays. Across the types of a group, since one dog is easily
 * seen as a dog and, a little less surely, as a cat.
 */
final class Suppression {
  private static final float MAX_OVERLAP = 0.45f;
  /** As many as the model itself was trained to give; it also bounds the work when a low threshold lets much through. */
  private static final int MAX_KEPT = 100;

  private Suppression() {}

  /** The best of each heap of candidates, best first. */
  static List<Candidate> best(List<Candidate> candidates) {
    var sorted = new ArrayList<>(candidates);
    sorted.sort(Comparator.comparingDouble(Candidate::score).reversed());
    var kept = new ArrayList<Candidate>();
    for (Candidate candidate : sorted) {
      if (kept.size() == MAX_KEPT) {
        break;
      }
      if (kept.stream().noneMatch(k -> k.group() == candidate.group() && k.overlap(candidate) > MAX_OVERLAP)) {
        kept.add(candidate);
      }
    }
    return kept;
  }
}
