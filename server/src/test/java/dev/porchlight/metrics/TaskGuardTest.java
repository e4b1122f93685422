package dev.porchlight.metrics;

import dev.porchlight.LogLines;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TaskGuardTest {
  private final AtomicLong nanos = new AtomicLong();
  private final TaskGuard guard = new TaskGuard("tidying", nanos::get);

  @Test
  void anErrorEndsARoundAndNotTheTask() {
    var rounds = new AtomicInteger();

    guard.loop(() -> rounds.get() == 2, () -> {
      if (rounds.incrementAndGet() == 1) {
        // Another error than a lack of memory: JUnit would end all tests by that if it came through.
        throw new InternalError("a fault in a mapped file");
      }
    });

    assertThat(rounds.get()).isEqualTo(2);
    assertThat(guard.state().status()).isEqualTo(Status.OK);
  }

  @Test
  void aTaskWhoseRoundsFailIsDegradedUntilOneSucceeds() throws InterruptedException {
    assertThat(guard.round(() -> {
      throw new StackOverflowError();
    })).isFalse();
    assertThat(guard.state().status()).isEqualTo(Status.DEGRADED);
    assertThat(guard.state().detail()).contains("tidying", "StackOverflowError");

    assertThat(guard.round(() -> {})).isTrue();
    assertThat(guard.state().status()).isEqualTo(Status.OK);
  }

  @Test
  void aTaskThatEndedThoughNobodyStoppedItIsDownAndNamed() throws InterruptedException {
    var never = new CountDownLatch(1);
    Thread thread = Thread.ofVirtual().start(() -> guard.loop(() -> false, never::await));
    thread.interrupt();
    thread.join();

    assertThat(guard.state().status()).isEqualTo(Status.DOWN);
    assertThat(guard.state().detail()).contains("tidying", "ended");
  }

  @Test
  void aTaskThatWasStoppedIsNotDown() throws InterruptedException {
    var stopping = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    Thread thread = Thread.ofVirtual().start(() -> guard.loop(() -> stopping.getCount() == 0, never::await));
    stopping.countDown();
    thread.interrupt();
    thread.join();

    assertThat(guard.state().status()).isEqualTo(Status.OK);
  }

  @Test
  void eachKindOfFailureIsLoggedOnceAnHour() {
    try (var log = new LogLines(TaskGuard.class)) {
      for (int i = 0; i < 3; i++) {
        guard.failed(new OutOfMemoryError("direct"));
        guard.failed(new IllegalStateException("other"));
      }
      assertThat(log.warnings()).hasSize(2).allSatisfy(line -> assertThat(line).contains("tidying"));

      nanos.addAndGet(Duration.ofHours(1).toNanos());
      guard.failed(new OutOfMemoryError("direct"));
      assertThat(log.warnings()).hasSize(3);
    }
  }

  @Test
  void aFailureThatCannotEvenBeLoggedEndsNothing() throws InterruptedException {
    assertThat(guard.round(() -> {
      throw new Unspeakable();
    })).isFalse();
  }

  @Test
  void theWorstOfSeveralCounts() {
    var ok = new Component(Status.OK, "a");
    var down = new Component(Status.DOWN, "b");

    assertThat(TaskGuard.worst(Stream.of(ok, down, new Component(Status.DEGRADED, "c")))).isEqualTo(down);
    assertThat(TaskGuard.worst(Stream.of(ok)).status()).isEqualTo(Status.OK);
    assertThat(TaskGuard.worst(List.<Component>of().stream()).status()).isEqualTo(Status.OK);
  }

  /** As when there is no memory left for the log line. */
  private static final class Unspeakable extends RuntimeException {
    private static final long serialVersionUID = 1;

    @Override
    public String getMessage() {
      throw new InternalError("not even for this");
    }

    @Override
    public StackTraceElement[] getStackTrace() {
      throw new InternalError("not even for this");
    }
  }
}
