package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Every figure is worked out by hand, in the comment beside it. */
class AveragePrecisionTest {
  @Test
  void isOneWhenAllAreFoundAndNothingElse() {
    assertThat(AveragePrecision.of(findings("RR"), 2)).isEqualTo(1);
  }

  @Test
  void isNothingWhenNothingIsFound() {
    assertThat(AveragePrecision.of(List.of(), 3)).isZero();
    assertThat(AveragePrecision.of(findings("WW"), 3)).isZero();
  }

  @Test
  void readsThePrecisionOffAt101Recalls() {
    // Precision 1, 1/2, 2/3 at recall 1/2, 1/2, 1: the best from there on is 1 at 0 … 0.50 (51 recalls) and 2/3 at
    // 0.51 … 1 (50 recalls).
    assertThat(AveragePrecision.of(findings("RWR"), 2)).isCloseTo((51 + 50 * 2 / 3.0) / 101, within(1e-12));
  }

  @Test
  void countsRecallsThatAreNeverReachedAsZero() {
    // One of four found, first: recall 0.25, so 26 of 101 recalls.
    assertThat(AveragePrecision.of(findings("RWW"), 4)).isCloseTo(26 / 101.0, within(1e-12));
  }

  @Test
  void takesTheBestPrecisionThatAHigherRecallIsReachedWith() {
    // W R R: precision 0, 1/2, 2/3 at recall 0, 1/2, 1. At every recall 2/3 can be had.
    assertThat(AveragePrecision.of(findings("WRR"), 2)).isCloseTo(2 / 3.0, within(1e-12));
  }

  @Test
  void doesNotDependOnTheOrderOfPictures() {
    var findings = findings("RWRRWRW");
    double inOrder = AveragePrecision.of(findings, 9);
    Collections.reverse(findings);

    assertThat(AveragePrecision.of(findings, 9)).isEqualTo(inOrder);
  }

  /** R for what is there and W for what is not, the surest first. */
  private static List<Finding> findings(String outcomes) {
    var findings = new ArrayList<Finding>();
    var box = new Box(0, 0, 10, 10);
    for (int i = 0; i < outcomes.length(); i++) {
      var object = new DetectedObject("car", 0.9 - 0.1 * i, box);
      findings.add(new Finding(object,
          outcomes.charAt(i) == 'R' ? new Truth("car", ObjectGroup.VEHICLE, box, false) : null));
    }
    return findings;
  }
}
