package dev.porchlight.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * Where the frames of a subscription go: a connection. The engine calls {@link #write} on the sink's loop only, one call
 * at a time.
 */
public interface Sink {
  /**
   * Takes WebSocket frames, whole and in order, that are to be sent as they are. The buffers are shared between all
   * sinks: read-only, and never to be changed.
   *
   * @return true when the sink is ready for more at once; false when it is busy, and will say
   *         {@link Subscription#resume()} once it is ready again
   * @throws IOException when the connection is broken; the subscription then ends
   */
  boolean write(List<ByteBuffer> frames) throws IOException;

  /** Ends the connection. Called at most once, after the subscription has ended; never waits, never throws. */
  void end(CloseReason reason);

  /** The loop that this sink lives on, always the same. */
  default Loop loop() {
    return Loop.CALLER;
  }
}
