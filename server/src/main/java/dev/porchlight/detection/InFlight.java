package dev.porchlight.detection;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.LongBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * The frames that are being decoded or looked at right now, in a mapped file: a picture that kills the process (a bug in a
 * native library, memory gone) is found there by the next one. The page belongs to the kernel, so that it outlives even
 * SIGKILL, without a write to the disk. Thread-safe.
 */
public final class InFlight {
  private static final long NONE = 0;
  private static final int MAX_SLOTS = 1024;

  private final Object lock = new Object();
  private final List<Long> leftBehind;

  @GuardedBy("lock")
  private final LongBuffer slots;

  @GuardedBy("lock")
  private boolean isForgotten;

  private InFlight(LongBuffer slots) {
    this.slots = slots;
    this.leftBehind = marked(slots);
  }

  /**
   * Opens or makes the file.
   *
   * @param workers how many frames there may be at a time
   */
  public static InFlight open(Path file, int workers) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
        StandardOpenOption.WRITE)) {
      long found = Math.min(channel.size() / Long.BYTES, MAX_SLOTS);
      long bytes = Math.max(found, workers) * Long.BYTES;
      // Written, not just mapped: a page without a block on a full disk would kill the process at its first use.
      channel.write(ByteBuffer.allocate((int) (bytes - found * Long.BYTES)), found * Long.BYTES);
      return new InFlight(channel.map(MapMode.READ_WRITE, 0, bytes).asLongBuffer());
    }
  }

  private static List<Long> marked(LongBuffer slots) {
    var ids = new ArrayList<Long>();
    for (int slot = 0; slot < slots.limit(); slot++) {
      long id = slots.get(slot);
      if (id != NONE) {
        ids.add(id);
      }
    }
    return List.copyOf(ids);
  }

  /** The frames that the last process died on, or with; as found when the file was opened. */
  public List<Long> leftBehind() {
    return leftBehind;
  }

  /** Forgets {@link #leftBehind()}, once they are counted. The first {@link #mark} forgets them too. */
  public void forget() {
    synchronized (lock) {
      if (!isForgotten) {
        for (int slot = 0; slot < slots.limit(); slot++) {
          slots.put(slot, NONE);
        }
        isForgotten = true;
      }
    }
  }

  /** Notes that work on a frame begins; closing notes that it ended, well or not. */
  Mark mark(long frameId) {
    synchronized (lock) {
      forget();
      for (int slot = 0; slot < slots.limit(); slot++) {
        if (slots.get(slot) == NONE) {
          slots.put(slot, frameId);
          return new Mark(slot);
        }
      }
    }
    throw new IllegalStateException("more frames in flight than workers");
  }

  /** A frame in flight. */
  final class Mark implements AutoCloseable {
    private final int slot;

    private Mark(int slot) {
      this.slot = slot;
    }

    @Override
    public void close() {
      synchronized (lock) {
        slots.put(slot, NONE);
      }
    }
  }
}
