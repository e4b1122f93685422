package dev.porchlight.engine;

/**
 * A thread that serves many sinks in turn. Equal loops are one: a broadcast wakes each loop once, however many sinks it
 * serves.
 */
public interface Loop {
  /** The loop of sinks that have none: whoever broadcasts serves them before the broadcast returns. */
  Loop CALLER = new Loop() {
    @Override
    public void execute(Runnable task) {
      task.run();
    }

    @Override
    public boolean isCurrent() {
      return true;
    }
  };

  /** Runs {@code task} on this loop, soon; never waits. */
  void execute(Runnable task);

  /** True on the thread of this loop. */
  boolean isCurrent();
}
