package dev.porchlight.app;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Turns SIGINT and SIGTERM into an orderly stop that exits with 0. The Java machine would exit with 128 and the signal's
 * number: only {@link Runtime#halt} in the shutdown hook says otherwise.
 */
final class OrderlyStop {
  private static final Duration LONGEST = Duration.ofSeconds(60);

  private final Thread main = Thread.currentThread();
  private final CountDownLatch asked = new CountDownLatch(1);
  private final CountDownLatch done = new CountDownLatch(1);
  private final Object lock = new Object();
  @GuardedBy("lock")
  private boolean started;

  /** Listens for signals from now on; made by the thread that runs the server. */
  OrderlyStop() {
    Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().name("stop").unstarted(this::stop));
  }

  /** Waits until a signal comes. From here on the thread is not interrupted, so that closing can take its time. */
  void await() throws InterruptedException {
    synchronized (lock) {
      started = true;
      boolean _ = Thread.interrupted();
    }
    asked.await();
  }

  /** The server has stopped. */
  void done() {
    done.countDown();
  }

  private void stop() {
    if (done.getCount() == 0) {
      // The process ends by itself, with an exit code of its own.
      return;
    }
    asked.countDown();
    synchronized (lock) {
      if (!started) {
        main.interrupt();
      }
    }
    try {
      boolean orderly = done.await(LONGEST.toSeconds(), TimeUnit.SECONDS);
      Runtime.getRuntime().halt(orderly ? 0 : 1);
    } catch (InterruptedException _) {
      Runtime.getRuntime().halt(1);
    }
  }
}
