package dev.porchlight.risk;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Movement;
import dev.porchlight.risk.ShotChoice.ChosenShot;
import dev.porchlight.risk.SituationPictures.Shot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShotChoiceTest {
  private final List<Long> asked = new ArrayList<>();
  private final Situation situation = Situated.at(12)
      .sees(1, "person", 59, Movement.APPROACHING)
      .sees(1, "dog", 59, Movement.STILL, 0.99)
      .made();

  @Test
  void thePicturesAreSpreadOverTheTimeOfTheSubject() throws InterruptedException {
    List<ChosenShot> chosen = new ShotChoice(detection -> shot(detection, 1)).of(situation, 3);

    assertThat(chosen).extracting(shot -> shot.detection().objectType()).containsOnly("person");
    assertThat(chosen).extracting(shot -> shot.detection().detectedAt().getEpochSecond() / 20)
        .doesNotHaveDuplicates()
        .isSorted()
        .hasSize(3);
  }

  @Test
  void ofEachMomentTheSharpestIsTakenAndFewAreDecoded() throws InterruptedException {
    List<ChosenShot> chosen = new ShotChoice(detection -> shot(detection, (double) (detection.id() % 7))).of(situation,
        3);

    assertThat(asked).hasSize(9);
    assertThat(chosen).hasSize(3)
        .allSatisfy(shot -> assertThat(shot.shot().sharpness()).isEqualTo(asked.stream()
            .filter(id -> Math.abs(id - shot.detection().id()) < 3)
            .mapToDouble(id -> (double) (id % 7))
            .max()
            .orElseThrow()));
  }

  @Test
  void largeAndSureSightingsAreCandidates() throws InterruptedException {
    Situation growing = Situated.at(12)
        .sees(1, "person", 4, Movement.STILL, 0.55)
        .sees(1, "person", 4, Movement.STILL, 0.95)
        .made();

    new ShotChoice(detection -> shot(detection, detection.confidence())).of(growing, 1);

    assertThat(asked).allSatisfy(id -> assertThat(id).isGreaterThan(5));
  }

  @Test
  void picturesThatAreGoneAreLeftOut() throws InterruptedException {
    assertThat(new ShotChoice(SituationPictures.NONE).of(situation, 3)).isEmpty();
    assertThat(
        new ShotChoice(detection -> detection.id() < 20 ? shot(detection, 1) : Optional.empty()).of(situation, 3))
        .hasSize(1);
  }

  private Optional<Shot> shot(Detection detection, double sharpness) {
    asked.add(detection.id());
    return Optional.of(new Shot(new byte[0], sharpness));
  }
}
