package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicInteger;

/** A direct buffer with a count of its holders. */
final class DirectBlock implements Block {
  private final ByteBuffer bytes;
  private final AtomicInteger holds = new AtomicInteger(1);

  DirectBlock(int capacity) {
    this.bytes = ByteBuffer.allocateDirect(capacity);
  }

  @Override
  public ByteBuffer bytes() {
    return bytes;
  }

  @Override
  public boolean retain() {
    return holds.getAndUpdate(count -> count == 0 ? 0 : count + 1) > 0;
  }

  @Override
  public void release() {
    if (holds.decrementAndGet() < 0) {
      throw new IllegalStateException("a block was released more often than it was held");
    }
  }
}
