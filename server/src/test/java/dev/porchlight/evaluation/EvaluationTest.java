package dev.porchlight.evaluation;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

import static dev.porchlight.domain.ObjectGroup.ANIMAL;
import static dev.porchlight.domain.ObjectGroup.PERSON;
import static dev.porchlight.domain.ObjectGroup.VEHICLE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class EvaluationTest {
  private static final Box LEFT = new Box(0, 0, 100, 100);
  private static final Box RIGHT = new Box(200, 0, 100, 100);

  private final Evaluation evaluation = new Evaluation(0.5);

  @Test
  void countsWhatIsFoundMissedAndWrong() {
    add(List.of(truth("person", LEFT), truth("person", RIGHT)), seen("person", 0.9, LEFT),
        seen("person", 0.8, new Box(400, 0, 50, 50)));

    GroupQuality persons = evaluation.of(PERSON);

    // Found 1 of 2; 1 of 2 seen is right. Recall 0.5 is reached with precision 1: 51 of 101 recalls.
    assertThat(persons.truths()).isEqualTo(2);
    assertThat(persons.found()).isEqualTo(1);
    assertThat(persons.wrong()).isEqualTo(1);
    assertThat(persons.precision()).isEqualTo(0.5);
    assertThat(persons.recall()).isEqualTo(0.5);
    assertThat(persons.averagePrecision()).isCloseTo(51 / 101.0, within(1e-12));
  }

  @Test
  void countsBelowTheThresholdForTheAveragePrecisionAlone() {
    add(List.of(truth("person", LEFT), truth("person", RIGHT)), seen("person", 0.5, LEFT),
        seen("person", 0.4999, RIGHT));

    GroupQuality persons = evaluation.of(PERSON);

    assertThat(persons.found()).isEqualTo(1);
    assertThat(persons.averagePrecision()).isEqualTo(1);
    assertThat(evaluation.mistakes())
        .containsExactly(new Mistake.Missed(Path.of("a.jpg"), truth("person", RIGHT), 0.4999));
  }

  @Test
  void asksForHalfAnOverlap() {
    // 100x100 and the same moved by a third: 6667 shared of 13333 is just half; moved by one more it is less.
    add(List.of(truth("car", LEFT)), seen("car", 0.9, new Box(33, 0, 100, 100)));
    assertThat(evaluation.of(VEHICLE).found()).isEqualTo(1);

    var other = new Evaluation(0.5);
    other.add(new LabelledPicture(Path.of("a.jpg"), List.of(truth("car", LEFT))),
        List.of(seen("car", 0.9, new Box(34, 0, 100, 100))));
    assertThat(other.of(VEHICLE).found()).isZero();
  }

  @Test
  void countsOneThingSeenTwiceAsOneMistake() {
    add(List.of(truth("dog", LEFT)), seen("dog", 0.9, LEFT), seen("dog", 0.8, LEFT));

    assertThat(evaluation.of(ANIMAL)).extracting(GroupQuality::found, GroupQuality::wrong).containsExactly(1, 1);
  }

  @Test
  void givesTheSurestTheBestOfWhatIsLeft() {
    var between = new Box(20, 0, 100, 100);
    add(List.of(truth("dog", LEFT), truth("dog", between)), seen("dog", 0.9, new Box(18, 0, 100, 100)),
        seen("dog", 0.8, new Box(1, 0, 100, 100)));

    assertThat(evaluation.of(ANIMAL).found()).isEqualTo(2);
  }

  @Test
  void takesAVehicleForAVehicleAndAPersonForNone() {
    add(List.of(truth("car", LEFT)), seen("truck", 0.9, LEFT), seen("person", 0.9, LEFT));

    assertThat(evaluation.of(VEHICLE).found()).isEqualTo(1);
    assertThat(evaluation.of(PERSON)).isEqualTo(new GroupQuality(0, 0, 0, 1, null));
  }

  @Test
  void countsWhatIsSeenAmongACrowdNeitherWay() {
    var crowd = new Truth("person", PERSON, new Box(0, 0, 1000, 100), true);
    add(List.of(crowd, truth("person", LEFT)), seen("person", 0.9, LEFT), seen("person", 0.8, RIGHT),
        seen("person", 0.7, new Box(500, 60, 100, 100)));

    // The last lies in the crowd by 40 of 100 rows only.
    assertThat(evaluation.of(PERSON)).extracting(GroupQuality::truths, GroupQuality::found, GroupQuality::wrong)
        .containsExactly(1, 1, 1);
  }

  @Test
  void addsTheGroupsUpAndTakesTheMeanOfThoseThatThereAre() {
    add(List.of(truth("person", LEFT), truth("person", RIGHT)), seen("person", 0.9, LEFT));
    add(List.of(truth("dog", LEFT)), seen("dog", 0.9, LEFT));
    add(List.of(), seen("car", 0.9, LEFT));

    GroupQuality all = evaluation.all();

    assertThat(all).extracting(GroupQuality::pictures, GroupQuality::truths, GroupQuality::found, GroupQuality::wrong)
        .containsExactly(3, 3, 2, 1);
    // No vehicle is labelled, so that vehicles have no average precision, and do not count.
    assertThat(all.averagePrecision()).isCloseTo((51 / 101.0 + 1) / 2, within(1e-12));
  }

  @Test
  void hasNoFiguresOfNothing() {
    assertThat(evaluation.all()).isEqualTo(new GroupQuality(0, 0, 0, 0, null));
    assertThat(evaluation.all().precision()).isNull();
    assertThat(evaluation.all().recall()).isNull();
  }

  private void add(List<Truth> truths, DetectedObject... seen) {
    evaluation.add(new LabelledPicture(Path.of("a.jpg"), truths), List.of(seen));
  }

  private static Truth truth(String type, Box box) {
    return new Truth(type, ObjectGroup.of(type).orElseThrow(), box, false);
  }

  private static DetectedObject seen(String type, double confidence, Box box) {
    return new DetectedObject(type, confidence, box);
  }
}
