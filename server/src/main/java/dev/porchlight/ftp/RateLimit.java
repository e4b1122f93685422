package dev.porchlight.ftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast one camera may send, all its sessions together. Half a second's worth may come at once, so that a picture is
 * not slowed down, only a flood. Thread-safe.
 */
final class RateLimit {
  private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private final long bytesPerSecond;
  private final LongSupplier nanoTime;
  private final Object lock = new Object();
  /** When all that was let through would have come at the allowed rate. */
  @GuardedBy("lock")
  private long paidUntil;

  RateLimit(long bytesPerSecond, LongSupplier nanoTime) {
    this.bytesPerSecond = bytesPerSecond;
    this.nanoTime = nanoTime;
    this.paidUntil = nanoTime.getAsLong() - BURST_NANOS;
  }

  /** How long to wait before going on, in nanoseconds, now that this many bytes have come; 0 or less for not at all. */
  long pay(int bytes) {
    long now = nanoTime.getAsLong();
    long cost = (long) (bytes * 1e9 / bytesPerSecond);
    synchronized (lock) {
      if (paidUntil - now < -BURST_NANOS) {
        paidUntil = now - BURST_NANOS;
      }
      paidUntil += cost;
      return paidUntil - now;
    }
  }
}
