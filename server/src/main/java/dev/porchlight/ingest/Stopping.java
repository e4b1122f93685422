package dev.porchlight.ingest;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Waits for threads that were told to stop. */
final class Stopping {
  private static final Logger log = LoggerFactory.getLogger(Stopping.class);

  private Stopping() {}

  /** Waits for a thread until {@code end} of {@link System#nanoTime()}; after that it is left behind. */
  static void join(Thread thread, long end) throws InterruptedException {
    boolean isRunning = thread.getState() != Thread.State.NEW && thread.isAlive();
    if (isRunning && !thread.join(Duration.ofNanos(Math.max(1, end - System.nanoTime())))) {
      log.warn("{} did not stop in time", thread.getName());
    }
  }
}
