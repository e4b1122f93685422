package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates one message, RFC 7692, section 7.2.2. Must be closed: an inflater holds 40 KiB outside the heap. Confined to
 * the event loop of its connection.
 */
final class Inflation implements AutoCloseable {
  private static final int PIECE_BYTES = 8 * 1024;
  /** What the sender left out, and an empty last block behind it: only a whole message lets the inflater finish. */
  private static final byte[] TAIL = {0x00, 0x00, (byte) 0xFF, (byte) 0xFF, 0x01, 0x00, 0x00, (byte) 0xFF, (byte) 0xFF};

  private final Inflater inflater = new Inflater(true);
  private final byte[] piece = new byte[PIECE_BYTES];
  private boolean isWithinBlocks;

  /** Takes a message piece by piece, as it grows; what it throws ends the message. */
  @FunctionalInterface
  interface Output {
    void take(byte[] bytes, int count) throws ProtocolViolation;
  }

  /** Inflates the next {@code count} bytes of the message. */
  void inflate(byte[] bytes, int count, Output output) throws ProtocolViolation {
    inflater.setInput(bytes, 0, count);
    isWithinBlocks |= count > 0;
    try {
      while (true) {
        int inflated = inflater.inflate(piece);
        if (inflated > 0) {
          output.take(piece, inflated);
        } else if (inflater.finished()) {
          // A sender may end with a last block (RFC 7692, section 7.2.3.4); what follows begins anew.
          int left = inflater.getRemaining();
          inflater.reset();
          inflater.setInput(bytes, count - left, left);
          isWithinBlocks = left > 0;
        } else if (inflater.needsDictionary()) {
          throw damaged("it asks for a dictionary");
        } else {
          return;
        }
      }
    } catch (DataFormatException e) {
      throw damaged(String.valueOf(e.getMessage()));
    }
  }

  /** The message has no more bytes: gives out the rest of it. */
  void end(Output output) throws ProtocolViolation {
    if (!isWithinBlocks) {
      return;
    }
    inflate(TAIL, TAIL.length, output);
    if (isWithinBlocks) {
      throw damaged("it ends within a block");
    }
  }

  @Override
  public void close() {
    inflater.end();
  }

  /**
   * Neither RFC names a code. 1007 is for text that is no text, after which a client would mend its text; what is wrong
   * here is the form of the message, whatever it says, and that is 1002.
   */
  private static ProtocolViolation damaged(String why) {
    return new ProtocolViolation(CloseReason.PROTOCOL_ERROR, "a message cannot be inflated: " + why);
  }
}
