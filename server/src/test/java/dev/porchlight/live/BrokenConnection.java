package dev.porchlight.live;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Sink;
import java.io.IOException;

/** A connection whose network is gone. */
final class BrokenConnection implements Sink {
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
