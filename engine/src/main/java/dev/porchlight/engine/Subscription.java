package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One sink's place in a channel: a cursor. A slow sink costs a cursor that lags, never memory. Thread-safe; the cursor
 * itself is confined to whoever holds {@link #wanted}, which is one thread at a time.
 */
public final class Subscription {
  /** How much goes to a sink in one write, so that one that is far behind does not starve its loop. */
  private static final int MOST_BYTES_PER_WRITE = 16 * 1024;

  private final Channel channel;
  private final Sink sink;
  private final AtomicInteger wanted = new AtomicInteger();
  private volatile boolean busy;
  private final AtomicBoolean ended = new AtomicBoolean();
  private long cursor;

  Subscription(Channel channel, Sink sink, long cursor) {
    this.channel = channel;
    this.sink = sink;
    this.cursor = cursor;
    this.busy = !sink.loop().equals(Loop.CALLER);
  }

  /** Where this subscription's frames go. */
  public Sink sink() {
    return sink;
  }

  /** The sink is ready for more. Any thread; frames are written on the sink's loop. */
  public void resume() {
    busy = false;
    sink.loop().execute(this::serve);
  }

  boolean isEnded() {
    return ended.get();
  }

  /** Returns true the first time. */
  boolean end() {
    return ended.compareAndSet(false, true);
  }

  /**
   * Writes what lies between cursor and head, unless a write is under way. When two threads meet here, the one inside
   * goes round once more for the other.
   */
  void serve() {
    if (wanted.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      serveOnce();
      seen = wanted.addAndGet(-seen);
    } while (seen != 0);
  }

  private void serveOnce() {
    while (!isEnded()) {
      switch (channel.read(cursor, busy ? 0 : MOST_BYTES_PER_WRITE)) {
        case Channel.Reading.FellBehind(long head, List<ByteBuffer> latest) -> {
          if (!channel.fellBehind(this, busy)) {
            return;
          }
          cursor = head;
          if (!write(latest)) {
            return;
          }
        }
        case Channel.Reading.Frames(List<ByteBuffer> frames) -> {
          if (frames.isEmpty()) {
            return;
          }
          cursor += frames.size();
          if (!write(frames)) {
            return;
          }
        }
      }
    }
  }

  /** Returns true when the sink wants more at once. */
  private boolean write(List<ByteBuffer> frames) {
    if (frames.isEmpty()) {
      return true;
    }
    busy = true;
    try {
      boolean ready = sink.write(frames);
      channel.listener().written(frames.size());
      if (ready) {
        busy = false;
      }
      return ready;
    } catch (Exception e) {
      channel.failed(this, e);
      return false;
    }
  }
}
