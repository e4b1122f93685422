package dev.porchlight.video;

import java.time.Duration;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Two pictures a second of a made scene. Time is the test's. */
class MotionGateTest {
  private static final long STEP = Duration.ofMillis(500).toNanos();

  private final Scene scene = new Scene();
  private final MotionGate gate = new MotionGate(0.7);
  private long now;

  @Test
  void theFirstPicturesPassAndThenAStillSceneDoesNot() {
    assertThat(passes(3, _ -> scene)).isEqualTo(3);
    assertThat(passes(200, _ -> scene)).isZero();
  }

  @Test
  void somebodyWhoWalksThroughPassesWithEachPicture() {
    passes(20, _ -> scene);

    assertThat(passes(20, i -> scene.box(20 + 25 * i, 20, 50))).isEqualTo(20);
  }

  @Test
  void whoStopsIsSeenForAWhileAndThenIsBackground() {
    passes(20, _ -> scene);
    passes(10, i -> scene.box(20 + 25 * i, 20, 50));

    int afterwards = passes(240, _ -> scene);

    assertThat(afterwards).as("three seconds at least, and not for ever").isBetween(6, 120);
    assertThat(passes(60, _ -> scene)).isZero();
  }

  @Test
  void whoStandsStillAndWasSeenIsLookedAtEveryTenSecondsForAMinute() {
    passes(20, _ -> scene);
    passes(4, i -> scene.box(20 + 25 * i, 20, 50));
    scene.nobody();
    passes(8, _ -> scene);
    gate.noticed(true);

    assertThat(passes(110, _ -> scene)).as("in 55 s").isBetween(4, 6);
    assertThat(passes(400, _ -> scene)).as("after that minute").isLessThanOrEqualTo(1);
  }

  @Test
  void whereNothingWasFoundNobodyLooksAgain() {
    passes(20, _ -> scene);
    passes(4, i -> scene.box(20 + 25 * i, 20, 50));
    scene.nobody();
    gate.noticed(false);
    passes(10, _ -> scene);

    assertThat(passes(200, _ -> scene)).isZero();
  }

  @Test
  void anotherExposureIsNoMotion() {
    passes(20, _ -> scene);

    assertThat(passes(20, _ -> scene.light(1, 30))).as("brighter").isZero();
    assertThat(passes(20, _ -> scene.light(0.8, 0))).as("darker, by a factor").isZero();
    assertThat(passes(20, _ -> scene.light(1.25, -15))).as("of more contrast").isZero();
  }

  /** Without the medians of both halves, the test before this one could pass with a gate that sees nothing. */
  @Test
  void somebodyWhoComesTogetherWithTheLightIsSeen() {
    passes(20, _ -> scene);

    assertThat(passes(5, i -> scene.light(0.8, 10).box(100 + 25 * i, 40, 90))).isEqualTo(5);
  }

  @Test
  void theNoiseOfTheNightIsNoMotion() {
    scene.noise(14);
    passes(20, _ -> scene);

    assertThat(passes(100, _ -> scene)).isZero();
  }

  @Test
  void anotherSceneIsLookedAtAndLearned() {
    passes(20, _ -> scene);

    int other = passes(60, _ -> scene.turned());

    assertThat(other).isBetween(1, 10);
  }

  @Test
  void withoutSensitivityEverythingPasses() {
    var open = new MotionGate(0);
    for (int i = 0; i < 50; i++) {
      assertThat(open.passes(scene.frame(), i * STEP)).isTrue();
    }
  }

  @Test
  void moreSensitivityMeansSmallerMotion() {
    assertThat(MotionGate.least(1)).isEqualTo(1e-4);
    assertThat(MotionGate.least(0.7)).isBetween(7e-4, 9e-4);
    assertThat(MotionGate.least(0.01)).isBetween(0.09, 0.1);
  }

  @Test
  void picturesOfAnotherSizeAreLearnedAnew() {
    passes(20, _ -> scene);

    assertThat(gate.passes(new YuvFrame(320, 240), now)).isTrue();
  }

  private int passes(int count, IntFunction<Scene> scenes) {
    int passed = 0;
    for (int i = 0; i < count; i++) {
      now += STEP;
      passed += gate.passes(scenes.apply(i).frame(), now) ? 1 : 0;
    }
    return passed;
  }
}
