package dev.porchlight.live;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Sink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;

/** A connection whose network is gone. */
final class BrokenConnection implements Sink {
  @Override
  public boolean write(List<ByteBuffer> frames) throws IOException {
    throw new IOException("broken pipe");
  }

  @Override
  public void end(CloseReason reason) {
    // There is nobody to tell.
  }
}
