package dev.porchlight.metrics;

import dev.porchlight.domain.Health.Status;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class TickerTest {
  private static final Duration SOON = Duration.ofMillis(1);

  @Test
  void aTaskThatThrowsAnErrorComesAgainAndKeepsNoOtherFromItsTurn() {
    var failed = new AtomicInteger();
    var other = new AtomicInteger();
    try (var ticker = new Ticker("ticking")) {
      ticker.every(Duration.ZERO, SOON, () -> {
        failed.incrementAndGet();
        throw new OutOfMemoryError("Cannot reserve 65536 bytes of direct buffer memory");
      });
      ticker.every(Duration.ZERO, SOON, other::incrementAndGet);

      await().until(() -> failed.get() >= 3 && other.get() >= 3);
      assertThat(ticker.state().status()).isEqualTo(Status.DEGRADED);
      assertThat(ticker.state().detail()).contains("ticking", "OutOfMemoryError");
    }
  }

  @Test
  void theTaskUnderWayIsInterruptedAndWaitedFor() throws InterruptedException {
    var started = new CountDownLatch(1);
    var ended = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    var ticker = new Ticker("ticking");
    ticker.every(Duration.ZERO, SOON, () -> {
      started.countDown();
      try {
        never.await();
      } finally {
        ended.countDown();
      }
    });
    started.await();

    ticker.close();

    assertThat(ended.getCount()).isZero();
    assertThat(ticker.state().status()).isEqualTo(Status.OK);
  }
}
