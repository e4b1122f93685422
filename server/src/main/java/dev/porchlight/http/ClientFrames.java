package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import io.netty.buffer.ByteBuf;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a client sends, as RFC 6455, section 5, and RFC 7692, section 6, say. Must be closed. Confined to the event
 * loop of its connection.
 */
final class ClientFrames implements AutoCloseable {
  private static final int CONTINUATION = 0x0;
  private static final int TEXT = 0x1;
  private static final int BINARY = 0x2;
  private static final int CLOSE = 0x8;
  private static final int PING = 0x9;
  private static final int PONG = 0xA;
  private static final int MOST_CONTROL_BYTES = 125;
  private static final int MOST_HEADER_BYTES = 14;
  private static final int COMPRESSED = 0x40;
  private static final byte[] NOTHING = {};
  private static final int MOST_PIECE_BYTES = 8 * 1024;

  private final int messageLimit;
  private final boolean mayCompress;
  private final boolean isHeard;
  private final byte[] header = new byte[MOST_HEADER_BYTES];
  private int headerBytes;
  private int headerNeeded = 2;
  private int opcode;
  private boolean isFinal;
  private long payloadLeft;
  private int maskAt;
  private byte[] control = NOTHING;
  private int controlBytes;
  private @Nullable ClientMessage message;

  /** What a client may say that matters. */
  interface Listener {
    /** It asks whether we are there; {@code payload} is to be sent back. */
    void ping(byte[] payload);

    /** It says something; only where messages are heard. */
    void message(boolean isText, byte[] payload);

    /** It closes; nothing that comes after counts. */
    void closed();

    /** True while nothing more may be taken from the client. */
    boolean isFull();
  }

  /**
   * Reads the frames of one connection.
   *
   * @param messageLimit most bytes of a message, against clients that fill the memory or the line
   * @param mayCompress  whether {@code permessage-deflate} was agreed on
   * @param isHeard      whether the listener is to get messages; else nothing of them is kept
   */
  ClientFrames(int messageLimit, boolean mayCompress, boolean isHeard) {
    this.messageLimit = messageLimit;
    this.mayCompress = mayCompress;
    this.isHeard = isHeard;
  }

  /** Takes {@code in}: all of it up to the client's close, or to the frame that makes the listener full. */
  void read(ByteBuf in, Listener listener) throws ProtocolViolation {
    while (in.isReadable() && !listener.isFull()) {
      if (headerBytes < headerNeeded) {
        header[headerBytes++] = in.readByte();
        if (headerBytes == 2) {
          startFrame();
        }
        if (headerBytes == headerNeeded) {
          startPayload();
        }
      } else {
        readPayload(in);
      }
      if (headerBytes == headerNeeded && payloadLeft == 0 && endFrame(listener)) {
        in.skipBytes(in.readableBytes());
        return;
      }
    }
  }

  /** Forgets a message that has begun. */
  @Override
  public void close() {
    if (message != null) {
      message.close();
      message = null;
    }
  }

  private void startFrame() throws ProtocolViolation {
    isFinal = (header[0] & 0x80) != 0;
    opcode = header[0] & 0x0F;
    int length = header[1] & 0x7F;
    boolean isControl = opcode >= CLOSE;
    boolean isCompressed = (header[0] & COMPRESSED) != 0;
    require((header[0] & 0x30) == 0, "reserved bits are set");
    require(!isCompressed || (mayCompress && (opcode == TEXT || opcode == BINARY)), "reserved bit 1 is set");
    require((header[1] & 0x80) != 0, "a client must mask its frames");
    require(opcode <= BINARY || (opcode >= CLOSE && opcode <= PONG), "opcode " + opcode + " is reserved");
    require(!isControl || isFinal, "a control frame must not be fragmented");
    require(!isControl || length <= MOST_CONTROL_BYTES, "a control frame has at most 125 bytes");
    require(isControl || (opcode == CONTINUATION) == (message != null),
        message != null ? "a message began within another" : "a continuation of nothing");
    headerNeeded = 6 + (length == 127 ? 8 : length == 126 ? 2 : 0);
  }

  private void startPayload() throws ProtocolViolation {
    int length = header[1] & 0x7F;
    payloadLeft = length < 126 ? length : number(2, headerNeeded - 4);
    require(payloadLeft >= 0, "a length has its highest bit set");
    require(length != 126 || payloadLeft > 125, "a length is not in its shortest form");
    require(length != 127 || payloadLeft > 65_535, "a length is not in its shortest form");
    maskAt = 0;
    if (opcode >= CLOSE) {
      control = new byte[(int) payloadLeft];
      controlBytes = 0;
      return;
    }
    if (message == null) {
      message = new ClientMessage(messageLimit, opcode == TEXT, (header[0] & COMPRESSED) != 0, isHeard);
    }
    message.announce(payloadLeft);
  }

  private void readPayload(ByteBuf in) throws ProtocolViolation {
    var piece = new byte[(int) Math.min(Math.min(payloadLeft, in.readableBytes()), MOST_PIECE_BYTES)];
    in.readBytes(piece);
    unmask(piece);
    payloadLeft -= piece.length;
    if (opcode >= CLOSE) {
      System.arraycopy(piece, 0, control, controlBytes, piece.length);
      controlBytes += piece.length;
    } else if (message != null) {
      message.take(piece, piece.length);
    }
  }

  private void unmask(byte[] piece) {
    int mask = headerNeeded - 4;
    for (int i = 0; i < piece.length; i++) {
      piece[i] ^= header[mask + ((maskAt + i) & 3)];
    }
    maskAt = (maskAt + piece.length) & 3;
  }

  /** Returns true when the client closed. */
  private boolean endFrame(Listener listener) throws ProtocolViolation {
    headerBytes = 0;
    headerNeeded = 2;
    switch (opcode) {
      case PING -> listener.ping(control);
      case PONG -> {
        // Any byte of the client is a sign of life, so a pong needs nothing more.
      }
      case CLOSE -> {
        checkClose();
        listener.closed();
        return true;
      }
      default -> endMessage(listener);
    }
    return false;
  }

  private void endMessage(Listener listener) throws ProtocolViolation {
    if (isFinal && message != null) {
      byte[] payload = message.end();
      boolean isText = message.isText();
      close();
      if (isHeard) {
        listener.message(isText, payload);
      }
    }
  }

  /** RFC 6455, sections 5.5.1 and 7.4: a code that may be sent, and a reason in UTF-8; or nothing at all. */
  private void checkClose() throws ProtocolViolation {
    if (control.length == 0) {
      return;
    }
    require(control.length >= 2, "a close frame has no code, or two bytes of it");
    int code = ((control[0] & 0xFF) << 8) | (control[1] & 0xFF);
    boolean registered = code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
    require(registered || (code >= 3000 && code <= 4999), "close code " + code + " must not be sent");
    var text = new Utf8Check();
    if (!text.accept(Arrays.copyOfRange(control, 2, control.length), control.length - 2)) {
      throw new ProtocolViolation(CloseReason.INVALID_TEXT, "a close reason is not UTF-8");
    }
    if (!text.isComplete()) {
      throw new ProtocolViolation(CloseReason.INVALID_TEXT, "a close reason ends within a character");
    }
  }

  private long number(int from, int to) {
    long value = 0;
    for (int i = from; i < to; i++) {
      value = (value << 8) | (header[i] & 0xFF);
    }
    return value;
  }

  private static void require(boolean holds, String otherwise) throws ProtocolViolation {
    if (!holds) {
      throw new ProtocolViolation(CloseReason.PROTOCOL_ERROR, otherwise);
    }
  }
}
