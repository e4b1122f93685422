package dev.porchlight.ingest;

import dev.porchlight.LogLines;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class FrameTimeTest {
  private static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");

  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final LogLines log = new LogLines(FrameTimeTest.class);
  private final FrameTime times = new FrameTime(meters);

  @AfterEach
  void close() {
    log.close();
  }

  @Test
  void aFileIsBelievedForADay() {
    assertThat(times.ofFile("porch", NOW.minus(Duration.ofHours(23)), NOW)).isEqualTo(NOW.minus(Duration.ofHours(23)));
    assertThat(times.ofFile("porch", NOW.minus(Duration.ofHours(25)), NOW)).isEqualTo(NOW);
    assertThat(times.ofFile("porch", NOW.plusSeconds(60), NOW)).isEqualTo(NOW);
    assertThat(times.ofFile("porch", NOW.plus(Duration.ofDays(800)), NOW)).isEqualTo(NOW);

    // A minute ahead is no clock that is off.
    assertThat(counted("ahead")).isEqualTo(1);
    assertThat(counted("behind")).isEqualTo(1);
  }

  @Test
  void aSenderIsBelievedHoweverLongAgoButNotBeforeCamerasWereMadeNorAhead() {
    Instant lastYear = NOW.minus(Duration.ofDays(365));
    assertThat(times.ofSender("porch", lastYear, NOW)).isEqualTo(lastYear);
    assertThat(times.ofSender("porch", NOW.plusSeconds(240), NOW)).isEqualTo(NOW.plusSeconds(240));
    assertThat(times.ofSender("porch", null, NOW)).isEqualTo(NOW);
    assertThat(counted("ahead") + counted("behind")).isZero();

    assertThat(times.ofSender("porch", Instant.EPOCH, NOW)).isEqualTo(NOW);
    assertThat(times.ofSender("porch", Instant.parse("2000-01-01T00:03:00Z"), NOW)).isEqualTo(NOW);
    assertThat(times.ofSender("porch", NOW.plusSeconds(301), NOW)).isEqualTo(NOW);
    assertThat(counted("ahead")).isEqualTo(1);
    assertThat(counted("behind")).isEqualTo(2);
  }

  @Test
  void eachCameraAndDirectionIsSaidOnce() {
    for (int i = 0; i < 100; i++) {
      times.ofSender("porch", Instant.EPOCH.plusSeconds(i), NOW);
      times.ofSender("front", NOW.plus(Duration.ofDays(400)), NOW);
    }
    times.ofSender("front", Instant.EPOCH, NOW);

    assertThat(log.warnings()).hasSize(3)
        .anySatisfy(line -> assertThat(line).contains("camera front", "400 d ahead"));
    assertThat(counted("behind")).isEqualTo(101);
  }

  private double counted(String direction) {
    return meters.counter("porchlight.clocks.off", "direction", direction).count();
  }
}
