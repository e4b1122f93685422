package dev.porchlight.ingest;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** Wishes for a scan; any number of them is one. Thread-safe. */
final class ScanRequests {
  private final Semaphore wishes = new Semaphore(0);

  /** Asks for a scan; false when one was asked for already. */
  boolean add() {
    // Two at once may both be noted, which costs a scan and no more.
    if (wishes.availablePermits() > 0) {
      return false;
    }
    wishes.release();
    return true;
  }

  /** Waits until somebody asks, but not longer than {@code longest}. */
  boolean await(Duration longest) throws InterruptedException {
    boolean asked = wishes.tryAcquire(longest.toNanos(), TimeUnit.NANOSECONDS);
    wishes.drainPermits();
    return asked;
  }
}
