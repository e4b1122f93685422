package dev.porchlight.video;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BackoffTest {
  private final Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(60), new Random(1));

  @Test
  void pausesDoubleUpToTheLongestAndAreSpread() {
    for (long whole : new long[]{1, 2, 4, 8, 16, 32, 60, 60, 60}) {
      assertThat(backoff.next()).isBetween(Duration.ofMillis(whole * 500), Duration.ofSeconds(whole));
    }
  }

  @Test
  void afterItWentWellTheyBeginAnew() {
    for (int i = 0; i < 10; i++) {
      var _ = backoff.next();
    }
    backoff.reset();

    assertThat(backoff.next()).isLessThanOrEqualTo(Duration.ofSeconds(1));
  }
}
