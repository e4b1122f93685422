package dev.porchlight.bench;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;

/** A connection that costs nothing: it takes every frame at once and forgets it. */
final class NullSink implements Sink {
  private final Loop loop;

  NullSink(Loop loop) {
    this.loop = loop;
  }

  @Override
  public boolean write(Block block, int from, int to) {
    block.release();
    return true;
  }

  @Override
  public void end(CloseReason reason) {}

  @Override
  public Loop loop() {
    return loop;
  }
}
