package dev.porchlight.engine;

/**
 * Hears what happens in a channel, to count and to log it. Methods must be quick and should not throw: what they throw goes to
 * the thread's handler of uncaught exceptions, and the channel goes on.
 */
public interface EngineListener {
  /** Hears nothing. */
  EngineListener NONE = new EngineListener() {};

  /** A message of {@code bytes} bytes was appended. */
  default void published(int bytes) {}

  /** A loop was woken. */
  default void woken() {}

  /** {@code frames} frames went to a sink in one write. */
  default void written(int frames) {}

  /** A sink failed and was removed. */
  default void failed(Sink sink, Throwable cause) {}

  /** A sink fell behind the retained history; it is closed, or moved on to the latest values. */
  default void fellBehind(Sink sink, SlowRule rule) {}
}
