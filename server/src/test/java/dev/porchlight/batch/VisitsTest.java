package dev.porchlight.batch;

import dev.porchlight.CpuTime;
import dev.porchlight.Trials;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Movement;
import dev.porchlight.domain.Visit;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class VisitsTest {
  private static final Instant T = Instant.parse("2026-03-18T12:00:00Z");

  private final List<Detection> seen = new ArrayList<>();
  private final Random noise = new Random(7);

  @Test
  void onePersonOnFortyPicturesIsOneVisit() {
    walk("person", 0, 20, 0.5, 100, 300, 10, 0, 80, 200, 0);

    List<Visit> visits = Visits.of(seen);

    assertThat(visits).singleElement().satisfies(visit -> {
      assertThat(visit.sightings()).hasSize(41);
      assertThat(visit.length()).isEqualTo(Duration.ofSeconds(20));
      assertThat(visit.objectType()).isEqualTo("person");
    });
  }

  /** 150 pixels between two pictures, and 60 pixels wide. */
  @Test
  void aWalkerWhoseBoxesDoNotOverlapIsOneVisit() {
    walk("person", 0, 6, 0.5, 0, 300, 300, 0, 60, 200, 0);

    assertThat(Visits.of(seen)).hasSize(1);
  }

  @Test
  void threeOnOnePictureAreThree() {
    for (int i = 0; i < 3; i++) {
      walk("person", 0, 10, 1, 100 + 30 * i, 300, 0, 0, 80, 200, 0);
    }

    assertThat(Visits.of(seen)).hasSize(3).allSatisfy(visit -> assertThat(visit.sightings()).hasSize(11));
  }

  /** Between two pictures they pass each other, and each is then nearer to where the other was. */
  @Test
  void twoWhoCrossStayTwo() {
    walk("person", 0, 10, 0.5, 100, 300, 60, 0, 60, 200, 0);
    walk("person", 0, 10, 0.5, 715, 300, -60, 0, 60, 200, 0);

    List<Visit> visits = Visits.of(seen);

    assertThat(visits).hasSize(2);
    assertThat(visits).allSatisfy(visit -> {
      assertThat(visit.sightings()).hasSize(21);
      // Each goes on the way it came: nobody turns round where they meet.
      assertThat(Math.abs(visit.sightings().getLast().bboxX() - visit.sightings().getFirst().bboxX())).isEqualTo(600);
    });
  }

  @Test
  void whoIsHiddenForAWhileIsTheSame() {
    walk("person", 0, 4, 0.5, 100, 300, 40, 0, 60, 200, 0);
    walk("person", 8, 12, 0.5, 420, 300, 40, 0, 60, 200, 0);

    assertThat(Visits.of(seen)).hasSize(1);
  }

  @Test
  void whoComesLongAfterIsAnother() {
    walk("person", 0, 4, 0.5, 100, 300, 40, 0, 60, 200, 0);
    walk("person", 30, 34, 0.5, 100, 300, 40, 0, 60, 200, 0);

    assertThat(Visits.of(seen)).hasSize(2);
  }

  /** A camera that sends a picture every 20 seconds. */
  @Test
  void aCarThatStandsIsOneVisitHoweverSeldomItIsSeen() {
    walk("car", 0, 80, 20, 100, 300, 0, 0, 400, 200, 4);

    assertThat(Visits.of(seen)).singleElement().satisfies(visit -> assertThat(visit.sightings()).hasSize(5));
  }

  @Test
  void aCarThatIsTakenForATruckNowAndThenIsACar() {
    walk("car", 0, 10, 1, 100, 300, 0, 0, 400, 200, 4);
    for (int i = 2; i < 5; i++) {
      Detection d = seen.get(i);
      seen.set(i, new Detection(d.id(), "front", "truck", 0.6, d.detectedAt(), d.bboxX(), d.bboxY(), d.bboxWidth(),
          d.bboxHeight()));
    }

    assertThat(Visits.of(seen)).singleElement().satisfies(visit -> assertThat(visit.objectType()).isEqualTo("car"));
  }

  @Test
  void aDogAtItsOwnersFeetIsNotItsOwner() {
    walk("person", 0, 10, 0.5, 100, 300, 40, 0, 80, 200, 0);
    walk("dog", 0, 10, 0.5, 110, 420, 40, 0, 80, 80, 0);

    assertThat(Visits.of(seen)).extracting(Visit::objectType).containsExactlyInAnyOrder("person", "dog");
  }

  @Test
  void theOrderInWhichPicturesCameDoesNotMatter() {
    walk("person", 0, 10, 0.5, 100, 300, 60, 0, 60, 200, 3);
    walk("person", 0, 10, 0.5, 700, 300, -60, 0, 60, 200, 3);
    int ordered = Visits.of(seen).size();

    Collections.shuffle(seen, noise);

    assertThat(Visits.of(seen)).hasSize(ordered);
  }

  @Test
  void nothingIsNoVisit() {
    assertThat(Visits.of(List.of())).isEmpty();
  }

  /** Start and end in seconds, pixels a second, size at the start and how much it grows each second. */
  @ParameterizedTest
  @CsvSource({"0, 0, 1.0, STILL", "80, 0, 1.0, PASSING", "0, 20, 1.06, APPROACHING", "0, -20, 0.94, LEAVING",
    "0, 0, 1.1, APPROACHING"})
  void howSomebodyMovedIsTold(double speedX, double speedY, double growth, Movement movement) {
    double size = 200;
    for (int i = 0; i <= 20; i++) {
      int height = (int) Math.round(size + noise.nextInt(9) - 4);
      seen.add(new Detection(i, "front", "person", 0.8, T.plusMillis(500L * i), (int) (100 + speedX * i / 2),
          (int) (300 + speedY * i / 2), height / 3, height));
      size *= Math.sqrt(growth);
    }

    assertThat(Movements.of(seen)).isEqualTo(movement);
  }

  @Test
  void whoGoesToAndFroLingers() {
    for (int i = 0; i <= 60; i++) {
      seen.add(
          new Detection(i, "front", "person", 0.8, T.plusSeconds(i), (int) (300 + 120 * Math.sin(i / 3.0)), 300, 60,
              200));
    }

    assertThat(Movements.of(seen)).isEqualTo(Movement.LINGERING);
  }

  @Test
  void aGlimpseTellsNothing() {
    walk("person", 0, 0.5, 0.5, 100, 300, 500, 0, 60, 200, 0);

    assertThat(Movements.of(seen)).isEqualTo(Movement.UNKNOWN);
  }

  /** Walkers on lanes of their own, with boxes that tremble, sightings that are missed and pictures of any rate. */
  @Test
  void whoeverWalksIsOneVisit() {
    Trials.run(300, random -> eachIsOneVisit(random, random.nextInt(1, 7), random.nextDouble(0.1, 1),
        random.nextDouble(0.25)));
  }

  private void eachIsOneVisit(RandomGenerator random, int walkers, double interval, double missed) {
    seen.clear();
    for (int lane = 0; lane < walkers; lane++) {
      double speed = (random.nextDouble() - 0.5) * 240;
      for (double at = random.nextDouble(); at < 12; at += interval) {
        if (random.nextDouble() >= missed) {
          // Frames are of all walkers at once: their times are those of the camera.
          long frame = Math.round(at / interval);
          seen.add(new Detection(seen.size(), "front", "person", 0.5 + random.nextDouble() / 2,
              T.plusMillis(Math.round(frame * interval * 1_000)),
              (int) (1_000 + speed * at + random.nextGaussian() * 4),
              (int) (500 * lane + random.nextGaussian() * 4), 70 + random.nextInt(8), 200 + random.nextInt(16)));
        }
      }
    }

    assertThat(Visits.of(seen)).hasSize(walkers);
  }

  /** 90 seconds at 30 pictures a second with ten people: what the largest batch may be. */
  @Test
  void aLargeBatchIsFollowedQuickly() {
    for (int i = 0; i < 10; i++) {
      walk("person", 0, 90, 1 / 30.0, 200 * i, 300, 3, 0, 60, 200, 2);
    }
    var used = new CpuTime();

    assertThat(Visits.of(seen)).hasSize(10);
    assertThat(used.soFar()).isLessThan(Duration.ofSeconds(5));
  }

  private void walk(String type, double from, double to, double every, double x, double y, double speedX, double speedY,
      int width, int height, int tremble) {
    for (double at = from; at <= to + 1e-9; at += every) {
      int dx = tremble == 0 ? 0 : noise.nextInt(2 * tremble + 1) - tremble;
      int dy = tremble == 0 ? 0 : noise.nextInt(2 * tremble + 1) - tremble;
      seen.add(new Detection(seen.size(), "front", type, 0.8, T.plusNanos(Math.round(at * 1e9)),
          (int) Math.max(0, x + speedX * (at - from) + dx), (int) Math.max(0, y + speedY * (at - from) + dy), width,
          height));
    }
  }
}
