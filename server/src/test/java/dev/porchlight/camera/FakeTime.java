package dev.porchlight.camera;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** A monotonic clock that runs with the real one, and can be put forward. */
final class FakeTime {
  private final AtomicLong ahead = new AtomicLong();

  long nanoTime() {
    return System.nanoTime() + ahead.get();
  }

  void forward(Duration by) {
    ahead.addAndGet(by.toNanos());
  }
}
