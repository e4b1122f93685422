package dev.porchlight.live;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.store.StoreException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The messages from one number to another, read bit by bit and encoded for one client. They are not compressed, which
 * {@code permessage-deflate} leaves to each message. Confined to one thread at a time.
 */
public final class Replay {
  private static final int CHUNK_BYTES = 16 * 1024;

  private final Past past;
  private final Encoding encoding;
  private final Predicate<Label> filter;
  private final String epoch;
  private final long last;
  private final Deque<Message> read = new ArrayDeque<>();
  private long readTo;
  private long position;

  Replay(Past past, Encoding encoding, Predicate<Label> filter, String epoch, long after, long last) {
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
   * @throws ReplayException when the next message is gone, or cannot be read
   */
  public @Nullable ByteBuffer next() throws ReplayException {
    var parts = new ArrayDeque<ByteBuffer>();
    int size = 0;
    while (position < last && size < CHUNK_BYTES) {
      if (read.isEmpty()) {
        readMore();
      }
      Message message = read.remove();
      position++;
      if (filter.test(message.label())) {
        ByteBuffer part = encoding.encode(message, position, epoch);
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

  private void readMore() throws ReplayException {
    try {
      List<Message> more = past.after(readTo);
      if (more == null || more.isEmpty()) {
        throw new ReplayException(CloseReason.TOO_SLOW, "message " + (readTo + 1) + " is gone");
      }
      read.addAll(more);
      readTo += more.size();
    } catch (StoreException e) {
      throw new ReplayException(CloseReason.OVERLOADED, "what a client missed cannot be read", e);
    }
  }
}
