package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** How a message looks on the line. The messages of a channel are the same in each, and each has them in the same order. */
public enum Encoding {
  /** A WebSocket text frame of the message as it is. */
  PLAIN(false),
  /** A WebSocket text frame with {@code "seq"} as one more field. */
  SEQUENCED(true),
  /** As {@link #PLAIN}, compressed as {@code permessage-deflate} says, without context takeover. */
  DEFLATED(false),
  /** As {@link #SEQUENCED}, compressed likewise. */
  SEQUENCED_DEFLATED(true),
  /** An event of a {@code text/event-stream}. */
  EVENT_STREAM(true);

  private static final int TEXT = 0x81;
  private static final int DEFLATED_TEXT = 0xC1;
  private static final byte[] NOTHING = {};
  private static final byte[][] NO_FRAME = {};

  private final boolean isNumbered;

  Encoding(boolean isNumbered) {
    this.isNumbered = isNumbered;
  }

  /** True when each message carries its number, so that a follower can tell what it missed. */
  public boolean isNumbered() {
    return isNumbered;
  }

  /** True when messages are compressed. */
  public boolean isDeflated() {
    return this == DEFLATED || this == SEQUENCED_DEFLATED;
  }

  /**
   * The bytes of a message on the line, never compressed, whatever its update says: for the few that are sent to one
   * follower alone.
   *
   * @param seq   the number of the message
   * @param epoch of the numbering
   */
  public ByteBuffer encode(Message message, long seq, String epoch) {
    byte[][] parts = parts(message, null, seq, epoch);
    int size = 0;
    for (byte[] part : parts) {
      size += part.length;
    }
    ByteBuffer bytes = ByteBuffer.allocate(size);
    for (byte[] part : parts) {
      bytes.put(part);
    }
    return bytes.flip();
  }

  /** A WebSocket text frame of a text that is not a message of the channel. */
  public static ByteBuffer textFrame(byte[] text) {
    byte[] header = header(TEXT, text.length);
    return ByteBuffer.allocate(header.length + text.length).put(header).put(text).flip();
  }

  /**
   * A message as the log of this encoding holds it. The log of {@link #PLAIN} has the updates too, behind the frames that
   * its followers get: that is where they are read back from, see {@link Channel#read}.
   */
  Encoded encoded(Message message, MessageDeflater.Deflated deflated, long seq, String epoch) {
    Message update = message.update();
    if (update == null) {
      return new Encoded(parts(message, deflated.text(), seq, epoch), NO_FRAME, true);
    }
    if (isNumbered) {
      // Rare, and for few: not worth being compressed a second time.
      byte[][] text = message.label().isNewToSome() ? parts(message, null, seq, epoch) : NO_FRAME;
      return new Encoded(parts(update, deflated.update(), seq, epoch), text, text.length == 0);
    }
    return new Encoded(parts(message, deflated.text(), seq, epoch),
        this == PLAIN ? parts(update, null, seq, epoch) : NO_FRAME, this != PLAIN && message.label().isPlain());
  }

  /**
   * The bytes of one text of a message on the line, in parts.
   *
   * @param deflated what {@link MessageDeflater} made of it; null to send it as it is
   */
  private byte[][] parts(Message message, byte @Nullable [] deflated, long seq, String epoch) {
    return switch (this) {
      case PLAIN -> frame(TEXT, message.text(), NOTHING);
      case SEQUENCED -> sequenced(message, seq);
      case DEFLATED -> deflated == null
          ? frame(TEXT, message.text(), NOTHING)
          : frame(DEFLATED_TEXT, deflated, MessageDeflater.stored(new byte[]{'}'}));
      case SEQUENCED_DEFLATED -> deflated == null
          ? sequenced(message, seq)
          : frame(DEFLATED_TEXT, deflated, MessageDeflater.stored(end(seq)));
      case EVENT_STREAM -> event(message, seq, epoch);
    };
  }

  private static byte[][] sequenced(Message message, long seq) {
    byte[] text = message.text();
    if (text.length < 3 || text[text.length - 1] != '}') {
      return frame(TEXT, text, NOTHING);
    }
    byte[] end = end(seq);
    return new byte[][]{header(TEXT, text.length - 1 + end.length), Arrays.copyOf(text, text.length - 1), end};
  }

  private static byte[][] event(Message message, long seq, String epoch) {
    String head = "id: " + epoch + ":" + seq + "\nevent: " + message.label().type() + "\ndata: ";
    return new byte[][]{ascii(head), message.data(), {'\n', '\n'}};
  }

  private static byte[] end(long seq) {
    return ascii(",\"seq\":" + seq + "}");
  }

  private static byte[][] frame(int first, byte[] payload, byte[] tail) {
    return new byte[][]{header(first, payload.length + tail.length), payload, tail};
  }

  /** RFC 6455, section 5.2: final, unmasked, the shortest form of the length. */
  private static byte[] header(int first, int length) {
    if (length < 126) {
      return new byte[]{(byte) first, (byte) length};
    }
    if (length < 65_536) {
      return ByteBuffer.allocate(4).put((byte) first).put((byte) 126).putShort((short) length).array();
    }
    return ByteBuffer.allocate(10).put((byte) first).put((byte) 127).putLong(length).array();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
