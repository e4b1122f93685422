package dev.porchlight.live;

import dev.porchlight.engine.Loop;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;

/** A loop whose tasks wait until the test runs them. Thread-safe; one thread at a time runs them. */
final class QueuedLoop implements Loop {
  private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
  private volatile @Nullable Thread running;

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return Thread.currentThread() == running;
  }

  /** Runs what waits, and what that adds, until nothing is left. */
  void settle() {
    running = Thread.currentThread();
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
    running = null;
  }
}
