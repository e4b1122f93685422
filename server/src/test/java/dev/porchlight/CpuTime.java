package dev.porchlight;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.time.Duration;

/** The processor time of the current thread since this was made; unlike the time of day, it stands while others run. */
public final class CpuTime {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long began = THREADS.getCurrentThreadCpuTime();

  /** What the thread has used. */
  public Duration soFar() {
    return Duration.ofNanos(THREADS.getCurrentThreadCpuTime() - began);
  }
}
