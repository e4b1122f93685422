package dev.porchlight.metrics;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.function.LongSupplier;

/** How many inferences there are per second, over the last minute. Thread-safe. */
public final class InferenceRate {
  private static final int SECONDS = 60;
  private static final double NANOS_PER_SECOND = 1e9;

  private final LongSupplier nanos;
  private final long start;
  private final Object lock = new Object();

  /** The count of each second since start, at its number modulo {@value #SECONDS}. */
  @GuardedBy("lock")
  private final long[] counts = new long[SECONDS];

  @GuardedBy("lock")
  private long newest;

  /**
   * Starts measuring.
   *
   * @param nanos a clock that never goes back, in nanoseconds from any origin: {@code System::nanoTime}
   */
  public InferenceRate(LongSupplier nanos) {
    this.nanos = nanos;
    this.start = nanos.getAsLong();
  }

  /** Notes one inference, now. */
  public void count() {
    double age = age();
    synchronized (lock) {
      moveTo((long) age);
      counts[(int) (newest % SECONDS)]++;
    }
  }

  /** Inferences per second over the last minute, or since start when that is less than a minute ago. */
  public double perSecond() {
    double age = age();
    long sum = 0;
    synchronized (lock) {
      moveTo((long) age);
      for (long count : counts) {
        sum += count;
      }
    }
    // The counts reach back over 59 whole seconds and the part of this one; a first second is not extrapolated.
    double span = Math.min(age, SECONDS - 1 + age % 1);
    return sum / Math.max(span, 1);
  }

  private double age() {
    return (nanos.getAsLong() - start) / NANOS_PER_SECOND;
  }

  @GuardedBy("lock")
  private void moveTo(long second) {
    for (long gone = Math.max(newest + 1, second - SECONDS + 1); gone <= second; gone++) {
      counts[(int) (gone % SECONDS)] = 0;
    }
    newest = Math.max(newest, second);
  }
}
