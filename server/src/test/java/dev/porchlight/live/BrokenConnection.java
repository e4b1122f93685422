package dev.porchlight.live;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A connection whose network is gone. */
final class BrokenConnection implements Sink {
  private final @Nullable QueuedLoop loop;

  /** A connection on this loop, or, for null, one that is served by the thread that broadcasts. */
  BrokenConnection(@Nullable QueuedLoop loop) {
    this.loop = loop;
  }

  @Override
  public Loop loop() {
    return loop == null ? Loop.CALLER : loop;
  }

  @Override
  public boolean write(Block block, int from, int to) throws IOException {
    block.release();
    throw new IOException("broken pipe");
  }

  @Override
  public void end(CloseReason reason) {
    // There is nobody to tell.
  }
}
