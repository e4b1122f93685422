package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;

/** Memory that spoils what is given back, as the next owner would, and knows how much is out. */
final class PoisonMemory implements Memory {
  private static final byte POISON = (byte) 0xEE;

  private final AtomicInteger blocks = new AtomicInteger();

  /** How many blocks are held by somebody. */
  int blocks() {
    return blocks.get();
  }

  @Override
  public Block allocate(int capacity) {
    blocks.incrementAndGet();
    return new PoisonBlock(capacity);
  }

  private final class PoisonBlock implements Block {
    private final ByteBuffer bytes;
    private final AtomicInteger holds = new AtomicInteger(1);

    private PoisonBlock(int capacity) {
      this.bytes = ByteBuffer.allocate(capacity);
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
      int left = holds.decrementAndGet();
      if (left < 0) {
        throw new AssertionError("released once too often");
      }
      if (left == 0) {
        Arrays.fill(bytes.array(), POISON);
        blocks.decrementAndGet();
      }
    }
  }
}
