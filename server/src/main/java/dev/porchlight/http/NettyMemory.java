package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.Memory;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.IllegalReferenceCountException;
import io.netty.util.internal.PlatformDependent;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/**
 * Memory that sockets write from without copying it. Not pooled: a pooled buffer is soon another one's, and a reader that
 * comes late must find it gone.
 */
public final class NettyMemory implements Memory {
  /** How many bytes of memory outside the heap there may be, by the options of the Java machine. */
  public static long most() {
    return PlatformDependent.maxDirectMemory();
  }

  @Override
  public Block allocate(int capacity) {
    return new NettyBlock(Unpooled.directBuffer(capacity, capacity));
  }

  /** A block whose holds are the references of a Netty buffer, so that a socket gives one back when it has written. */
  static final class NettyBlock implements Block {
    private final ByteBuf buffer;
    private final ByteBuffer bytes;
    private final long address;

    private NettyBlock(ByteBuf buffer) {
      this.buffer = buffer;
      this.bytes = buffer.nioBuffer(0, buffer.capacity());
      this.address = MemorySegment.ofBuffer(bytes).address();
    }

    @Override
    public ByteBuffer bytes() {
      return bytes;
    }

    @Override
    public boolean retain() {
      try {
        buffer.retain();
        return true;
      } catch (IllegalReferenceCountException _) {
        return false;
      }
    }

    @Override
    public void release() {
      buffer.release();
    }

    /** Where the memory begins. */
    long address() {
      return address;
    }

    /** A buffer of its own indices over the same memory and the same holds. */
    ByteBuf view() {
      return buffer.duplicate();
    }
  }
}
