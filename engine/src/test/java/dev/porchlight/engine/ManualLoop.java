package dev.porchlight.engine;

import java.util.ArrayDeque;
import java.util.Queue;

/** Runs its tasks when the test says so. */
final class ManualLoop implements Loop {
  private final Queue<Runnable> tasks = new ArrayDeque<>();

  @Override
  public void execute(Runnable task) {
    tasks.add(task);
  }

  @Override
  public boolean isCurrent() {
    return false;
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
