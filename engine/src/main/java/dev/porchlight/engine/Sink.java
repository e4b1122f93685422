package dev.porchlight.engine;

import java.io.IOException;

/**
 * Where the frames of a subscription go: a connection. The engine calls {@link #write} on the sink's loop only, one call
 * at a time.
 */
public interface Sink {
  /**
   * Takes whole frames, in order, that are to be sent as they are: the bytes of {@code block} from {@code from} to before
   * {@code to}. They are shared between all sinks and never to be changed. With the call the sink gets a hold of the block,
   * and gives it back with {@link Block#release} when it no longer needs the bytes, also when it throws.
   *
   * @return true when the sink is ready for more at once; false when it is busy, and will say
   *         {@link Subscription#resume()} once it is ready again
   * @throws IOException when the connection is broken; the subscription then ends
   */
  boolean write(Block block, int from, int to) throws IOException;

  /** Ends the connection. Called at most once, after the subscription has ended; never waits, never throws. */
  void end(CloseReason reason);

  /** The loop that this sink lives on, always the same. */
  default Loop loop() {
    return Loop.CALLER;
  }
}
