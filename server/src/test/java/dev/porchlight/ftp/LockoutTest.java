package dev.porchlight.ftp;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

final class LockoutTest {
  private final AtomicLong now = new AtomicLong(-5_000_000_000L);
  private final Lockout lockout = new Lockout(now::get);

  @Test
  void fiveMistakesCostAPauseAndEachFurtherOneTwiceThat() {
    fail("192.0.2.1", "front", 4);
    assertThat(lockout.isLocked("192.0.2.1", "front")).isFalse();

    fail("192.0.2.1", "front", 1);
    assertThat(lockout.isLocked("192.0.2.1", "front")).isTrue();
    pass(Duration.ofSeconds(11));
    assertThat(lockout.isLocked("192.0.2.1", "front")).isFalse();

    fail("192.0.2.1", "front", 1);
    pass(Duration.ofSeconds(19));
    assertThat(lockout.isLocked("192.0.2.1", "front")).isTrue();
    pass(Duration.ofSeconds(2));
    assertThat(lockout.isLocked("192.0.2.1", "front")).isFalse();
  }

  @Test
  void aCameraWithAnOldPasswordShutsOutNeitherOthersBehindItsRouterNorItselfElsewhere() {
    fail("192.0.2.1", "front", 20);

    assertThat(lockout.isLocked("192.0.2.1", "garden")).isFalse();
    assertThat(lockout.isLocked("192.0.2.2", "front")).isFalse();
  }

  @Test
  void somebodyWhoGoesThroughNamesIsShutOutAltogether() {
    for (int i = 0; i < 50; i++) {
      fail("192.0.2.1", "name" + i, 1);
    }

    assertThat(lockout.isLocked("192.0.2.1", "front")).isTrue();
    pass(Duration.ofMinutes(16));
    assertThat(lockout.isLocked("192.0.2.1", "front")).isFalse();
  }

  @Test
  void successAndTimeForgive() {
    fail("192.0.2.1", "front", 4);
    lockout.succeeded("192.0.2.1", "front");
    fail("192.0.2.1", "front", 4);
    assertThat(lockout.isLocked("192.0.2.1", "front")).isFalse();

    pass(Duration.ofHours(2));
    fail("192.0.2.1", "front", 1);
    assertThat(lockout.isLocked("192.0.2.1", "front")).isFalse();
  }

  @Test
  void memoryHasAnEnd() {
    for (int i = 0; i < 10_000; i++) {
      fail("2001:db8::" + i, "x".repeat(1_000), 1);
    }

    assertThat(lockout.size()).isEqualTo(4_096);
  }

  private void fail(String address, String account, int times) {
    for (int i = 0; i < times; i++) {
      lockout.failed(address, account);
    }
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }
}
