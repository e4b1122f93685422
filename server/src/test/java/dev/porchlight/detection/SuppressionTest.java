package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class SuppressionTest {
  private static final Candidate DOG = seen("dog", 0.7f, 0.1f, 0.1f, 0.5f, 0.5f);

  @Test
  void seesOneAnimalInADogThatIsAlsoABitOfACat() {
    Candidate cat = seen("cat", 0.6f, 0.12f, 0.1f, 0.5f, 0.52f);

    assertThat(Suppression.best(List.of(cat, DOG))).containsExactly(DOG);
  }

  @Test
  void keepsARiderAndTheBicycle() {
    Candidate rider = seen("person", 0.9f, 0.1f, 0.1f, 0.5f, 0.5f);
    Candidate bicycle = seen("bicycle", 0.8f, 0.1f, 0.1f, 0.5f, 0.5f);

    assertThat(Suppression.best(List.of(bicycle, rider))).containsExactly(rider, bicycle);
  }

  @Test
  void keepsNeighboursThatOverlapALittle() {
    Candidate neighbour = seen("dog", 0.6f, 0.3f, 0.1f, 0.7f, 0.5f);

    assertThat(DOG.overlap(neighbour)).isEqualTo(1 / 3f, within(1e-6f));
    assertThat(Suppression.best(List.of(DOG, neighbour))).containsExactly(DOG, neighbour);
  }

  @Test
  void keepsAHundredAtMost() {
    var crowd = IntStream.range(0, 150).mapToObj(i -> seen("person", i / 150f, i, 0, i + 1, 1)).toList();

    assertThat(Suppression.best(crowd)).hasSize(100).first().extracting(Candidate::score).isEqualTo(149 / 150f);
  }

  @Test
  void clampsBoxesIntoThePicture() {
    assertThat(seen("car", 0.91236f, -0.2f, 0.5f, 1.2f, 1.5f).in(640, 480))
        .isEqualTo(new DetectedObject("car", 0.9124, new Box(0, 240, 640, 240)));
    assertThat(seen("car", 1, 1.5f, 2, 1.6f, 3).in(640, 480).box()).isEqualTo(new Box(639, 479, 1, 1));
    assertThat(seen("car", 1, 0.5f, 0.5f, 0.5f, 0.5f).in(1, 1).box()).isEqualTo(new Box(0, 0, 1, 1));
    assertThat(seen("car", 1, Float.NaN, Float.NEGATIVE_INFINITY, Float.POSITIVE_INFINITY, Float.NaN).in(9, 9).box())
        .isEqualTo(new Box(0, 0, 9, 1));
  }

  private static Candidate seen(String label, float score, float left, float top, float right, float bottom) {
    return new Candidate(label, ObjectGroup.of(label).orElseThrow(), score, left, top, right, bottom);
  }
}
