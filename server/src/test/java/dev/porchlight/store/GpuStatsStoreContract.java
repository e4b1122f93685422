package dev.porchlight.store;

import dev.porchlight.domain.GpuStats;
import org.junit.jupiter.api.Test;

import static dev.porchlight.store.Samples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link GpuStatsStore} does. */
abstract class GpuStatsStoreContract {
  abstract Stores stores();

  @Test
  void oldSamplesAreForgottenToTheMicrosecond() {
    for (int i = 0; i < 5; i++) {
      stores().gpu().add(new GpuStats(75.5, 12_345_678_900L, 25_769_803_776L, 72.0, 30.5, NOON.plusNanos(i * 1_000L)));
    }

    assertThat(stores().gpu().forgetBefore(NOON.plusNanos(3_000))).isEqualTo(3);
    assertThat(stores().gpu().forgetBefore(NOON.plusNanos(3_000))).isZero();
    assertThat(stores().gpu().forgetBefore(NOON.plusSeconds(1))).isEqualTo(2);
  }

  @Test
  void aSampleOfWhichNothingIsKnownIsStored() {
    stores().gpu().add(new GpuStats(null, null, null, null, Double.NaN, NOON));

    assertThat(stores().gpu().forgetBefore(NOON.plusSeconds(1))).isEqualTo(1);
  }
}
