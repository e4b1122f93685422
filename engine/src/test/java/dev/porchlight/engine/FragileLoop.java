package dev.porchlight.engine;

import org.jspecify.annotations.Nullable;

/** Runs its tasks when the test says so, and fails where the test says so. */
final class FragileLoop implements Loop {
  private final ManualLoop tasks = new ManualLoop();
  private @Nullable Throwable inExecute;
  private @Nullable Throwable inFlush;
  private int flushes;

  /** The next task is refused. */
  void failInExecute(Throwable cause) {
    inExecute = cause;
  }

  /** The next flush fails. */
  void failInFlush(Throwable cause) {
    inFlush = cause;
  }

  /** How often it was flushed. */
  int flushes() {
    return flushes;
  }

  /** Runs all tasks, also after one that throws, as an event loop does; returns how many threw. */
  int runAll() {
    int failures = 0;
    while (tasks.waiting() > 0) {
      try {
        tasks.runOne();
      } catch (RuntimeException | Error _) {
        failures++;
      }
    }
    return failures;
  }

  void runOne() {
    tasks.runOne();
  }

  @Override
  public void execute(Runnable task) {
    Throwable cause = inExecute;
    inExecute = null;
    raise(cause);
    tasks.execute(task);
  }

  @Override
  public void flush() {
    flushes++;
    Throwable cause = inFlush;
    inFlush = null;
    raise(cause);
  }

  @Override
  public boolean isCurrent() {
    return tasks.isCurrent();
  }

  private static void raise(@Nullable Throwable cause) {
    switch (cause) {
      case null -> {
        // Nothing fails.
      }
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      default -> throw new IllegalArgumentException(cause);
    }
  }
}
