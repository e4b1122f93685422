package dev.porchlight.engine;

import java.util.ArrayDeque;
import java.util.Queue;

/** Runs its tasks when the test says so. */
final class ManualLoop implements Loop {
  private boolean isCurrent;
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return isCurrent;
  }

  /** Does something on the thread of this loop. */
  void asCurrent(Runnable task) {
    isCurrent = true;
    task.run();
    isCurrent = false;
  }

  int waiting() {
    return tasks.size();
  }

  void runOne() {
    tasks.remove().run();
  }

  void runAll() {
    for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
      task.run();
    }
  }
}
