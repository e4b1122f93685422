package dev.porchlight.engine;

import java.nio.ByteBuffer;

/**
 * A stretch of memory outside the heap that lives as long as somebody holds it. It is made with one hold, that of its
 * maker. A block is never used again for something else: once it is gone it stays gone. Thread-safe but for the bytes.
 */
public interface Block {
  /** All of the memory, to be read and written at absolute positions; the same object each time. */
  ByteBuffer bytes();

  /** Takes one more hold; false when the block is gone already. */
  boolean retain();

  /** Gives one hold back; the last one frees the memory. */
  void release();
}
