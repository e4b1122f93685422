package dev.porchlight.evaluation;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well one group of objects, or all of them, are found.
 *
 * @param pictures         those with such an object in them
 * @param truths           objects that are there
 * @param found            of them, with at least the threshold's confidence
 * @param wrong            objects seen with that confidence where there are none
 * @param averagePrecision at an overlap of 0.5, over all confidences; null when there are no truths
 */
record GroupQuality(int pictures, int truths, int found, int wrong,
    @Nullable Double averagePrecision) {
  /** How many of the objects seen are there; null when none is seen. */
  @Nullable
  Double precision() {
    int seen = found + wrong;
    return seen == 0 ? null : Double.valueOf(found / (double) seen);
  }

  /** How many of the objects there are seen; null when there are none. */
  @Nullable
  Double recall() {
    return truths == 0 ? null : Double.valueOf(found / (double) truths);
  }

  /** All groups together; the average precision is the mean over the groups that have one. */
  static GroupQuality sum(List<GroupQuality> groups, int pictures) {
    double sum = 0;
    int count = 0;
    for (GroupQuality group : groups) {
      Double precision = group.averagePrecision();
      if (precision != null) {
        sum += precision;
        count++;
      }
    }
    return new GroupQuality(pictures, groups.stream().mapToInt(GroupQuality::truths).sum(),
        groups.stream().mapToInt(GroupQuality::found).sum(), groups.stream().mapToInt(GroupQuality::wrong).sum(),
        count == 0 ? null : Double.valueOf(sum / count));
  }
}
