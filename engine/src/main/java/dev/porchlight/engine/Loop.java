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

  /**
   * Sinks of this loop have been served, one or many: what they have put off meanwhile, to do it for all together, is done
   * now. Called on the thread of this loop.
   */
  default void flush() {}

  /** True on the thread of this loop. */
  boolean isCurrent();
}
