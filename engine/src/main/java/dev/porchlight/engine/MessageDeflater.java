package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compresses each message once for everybody, as RFC 7692 says, without context takeover. What is compressed is the
 * message without its last byte; the end follows as a stored block. So the same bytes serve those who get the message as it
 * is and those who get its number too, and the number, which is known only under the channel's lock, needs no compression
 * there. Thread-safe.
 */
final class MessageDeflater {
  /** Shorter messages do not become shorter. */
  private static final int FEWEST_BYTES = 100;
  private static final int MOST_IDLE = 2;

  private final int level;
  private final BlockingQueue<Deflater> idle = new ArrayBlockingQueue<>(MOST_IDLE);

  /** Compresses at {@code level}: 1 fast to 9 small; 0 not at all. */
  MessageDeflater(int level) {
    this.level = level;
  }

  /** Both texts of a message. */
  Deflated deflate(Message message) {
    Message update = message.update();
    return new Deflated(deflate(message.text()), update == null ? null : deflate(update.text()));
  }

  private byte @Nullable [] deflate(byte[] text) {
    if (level == 0 || text.length < FEWEST_BYTES || text[text.length - 1] != '}') {
      return null;
    }
    Deflater deflater = idle.poll();
    if (deflater == null) {
      deflater = new Deflater(level, true);
    }
    deflater.setInput(text, 0, text.length - 1);
    // A sync flush adds at most six bytes to a worst case of five for each 16 KiB; what does not fit is not worth it.
    byte[] out = new byte[text.length];
    int size = deflater.deflate(out, 0, out.length, Deflater.SYNC_FLUSH);
    deflater.reset();
    if (!idle.offer(deflater)) {
      deflater.end();
    }
    return size >= text.length - 1 ? null : Arrays.copyOf(out, size);
  }

  /**
   * The beginnings of the compressed texts, up to a byte boundary; each is null when it is better sent as it is.
   *
   * @param update of {@link Message#update}
   */
  @SuppressWarnings("ArrayRecordComponent")
  record Deflated(byte @Nullable [] text, byte @Nullable [] update) {
    static final Deflated NONE = new Deflated(null, null);
  }

  /**
   * The end of a compressed message: {@code bytes} in a stored block (RFC 1951, section 3.2.4), and the first byte of the
   * empty block whose other four a receiver adds itself (RFC 7692, section 7.2.2).
   */
  static byte[] stored(byte[] bytes) {
    return ByteBuffer.allocate(bytes.length + 6)
        .put((byte) 0)
        .put((byte) bytes.length)
        .put((byte) 0)
        .put((byte) ~bytes.length)
        .put((byte) 0xFF)
        .put(bytes)
        .put((byte) 0)
        .array();
  }
}
