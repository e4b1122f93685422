package dev.porchlight.metrics;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class InferenceRateTest {
  private long now = Long.MAX_VALUE - 5;
  private final InferenceRate rate = new InferenceRate(() -> now);

  @Test
  void isTheCountOverTheTimeSinceStartWhileYoung() {
    assertThat(rate.perSecond()).isZero();
    count(20, Duration.ofMillis(500));

    assertThat(rate.perSecond()).isEqualTo(2.0, within(1e-9));
  }

  @Test
  void doesNotExtrapolateItsFirstSecond() {
    rate.count();

    assertThat(rate.perSecond()).isEqualTo(1);
  }

  @Test
  void forgetsWhatIsOlderThanAMinute() {
    count(1000, Duration.ofMillis(10));
    count(120, Duration.ofSeconds(1));

    assertThat(rate.perSecond()).isEqualTo(1.0, within(0.02));
  }

  @Test
  void isZeroAfterAMinuteOrADayOfRest() {
    count(100, Duration.ofMillis(10));
    pass(Duration.ofSeconds(61));
    assertThat(rate.perSecond()).isZero();

    count(100, Duration.ofMillis(10));
    pass(Duration.ofDays(1));
    assertThat(rate.perSecond()).isZero();
  }

  private void count(int times, Duration apart) {
    for (int i = 0; i < times; i++) {
      rate.count();
      pass(apart);
    }
  }

  private void pass(Duration duration) {
    now += duration.toNanos();
  }
}
