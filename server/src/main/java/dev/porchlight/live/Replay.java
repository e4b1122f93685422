package dev.porchlight.live;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.Message;
import dev.porchlight.live.Passage.Numbered;
import dev.porchlight.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages from one number to another, read bit by bit and encoded for one client. They are not compressed, which
 * {@code permessage-deflate} leaves to each message. Confined to one thread at a time.
 */
public final class Replay {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final Past past;
  private final Encoding encoding;
  private final FeedFilter filter;
  private final String epoch;
  private final long last;
  private final Deque<Numbered> read = new ArrayDeque<>();
  private long readTo;
  private long position;

  Replay(Past past, Encoding encoding, FeedFilter filter, String epoch, long after, long last) {
    this.past = past;
    this.encoding = encoding;
    this.filter = filter;
    this.epoch = epoch;
    this.last = last;
    this.readTo = after;
    this.position = after;
  }

  /**
   * The next messages as frames or events, about 16 KiB of them; null when that was all. Blocks.
   *
   * @throws ReplayException      when the next message is gone, or cannot be read
   * @throws InterruptedException when the thread is interrupted, after at most the read that is under way
   */
  public @Nullable ByteBuffer next() throws ReplayException, InterruptedException {
    var parts = new ArrayDeque<ByteBuffer>();
    int size = 0;
    while (position < last && size < CHUNK_BYTES) {
      if (read.isEmpty() && position == readTo) {
        readMore();
      }
      Numbered next = read.poll();
      position = next == null ? readTo : next.seq();
      Message told = next == null ? null : selected(next.message());
      if (told != null) {
        ByteBuffer part = encoding.encode(told, position, epoch);
        parts.add(part);
        size += part.remaining();
      }
    }
    if (parts.isEmpty()) {
      return null;
    }
    ByteBuffer chunk = ByteBuffer.allocate(size);
    parts.forEach(chunk::put);
    return chunk.flip();
  }

  /** Up to this number, {@link #next} has returned every message that the filter lets through. */
  public long position() {
    return position;
  }

  /** The text by which the client hears of a message; null when it does not. */
  private @Nullable Message selected(Message message) {
    return switch (filter.numbered(message.label())) {
      case NOTHING -> null;
      case TEXT -> message;
      case UPDATE -> message.update();
    };
  }

  private void readMore() throws ReplayException, InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    try {
      Passage more = past.after(readTo, filter);
      if (more == null || more.to() == readTo) {
        throw new ReplayException(CloseReason.TOO_SLOW, "message " + (readTo + 1) + " is gone");
      }
      more.messages().stream().filter(message -> message.seq() <= last).forEach(read::add);
      readTo = Math.min(more.to(), last);
    } catch (StoreException e) {
      throw new ReplayException(CloseReason.OVERLOADED, "what a client missed cannot be read", e);
    }
  }
}
