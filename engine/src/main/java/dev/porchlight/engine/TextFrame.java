package dev.porchlight.engine;

import java.nio.ByteBuffer;

/** Encodes what a server sends as RFC 6455, section 5.2, says: final, unmasked, the shortest form of the length. */
public final class TextFrame {
  private static final int FINAL_TEXT = 0x81;

  private TextFrame() {}

  /** A text frame of {@code payload}, which is UTF-8; read-only. */
  public static ByteBuffer of(byte[] payload) {
    int length = payload.length;
    int header = length < 126 ? 2 : length < 65_536 ? 4 : 10;
    ByteBuffer frame = ByteBuffer.allocate(header + length);
    frame.put((byte) FINAL_TEXT);
    switch (header) {
      case 2 -> frame.put((byte) length);
      case 4 -> frame.put((byte) 126).putShort((short) length);
      default -> frame.put((byte) 127).putLong(length);
    }
    return frame.put(payload).flip().asReadOnlyBuffer();
  }
}
