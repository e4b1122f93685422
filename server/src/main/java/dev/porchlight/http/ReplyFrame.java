package dev.porchlight.http;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.Deflater;

/** The frame of one message to one client, RFC 6455, section 5.2. */
final class ReplyFrame {
  private static final int FINAL_TEXT = 0x81;
  private static final int FINAL_BINARY = 0x82;
  private static final int COMPRESSED = 0x40;
  /** Less than that hardly shrinks. */
  private static final int FEWEST_BYTES_TO_COMPRESS = 100;
  private static final int MOST_HEADER_BYTES = 10;
  private static final int PIECE_BYTES = 8 * 1024;
  /** The empty block at the end of every flush, which RFC 7692, section 7.2.1, has a sender leave out. */
  private static final int TAIL_BYTES = 4;

  private ReplyFrame() {}

  /**
   * Makes a frame.
   *
   * @param level of compression; 0 when the client cannot inflate
   */
  static ByteBuf of(boolean isText, byte[] payload, int level) {
    boolean isCompressed = level > 0 && payload.length >= FEWEST_BYTES_TO_COMPRESS;
    byte[] sent = isCompressed ? deflate(payload, level) : payload;
    ByteBuf header = Unpooled.buffer(MOST_HEADER_BYTES)
        .writeByte((isText ? FINAL_TEXT : FINAL_BINARY) | (isCompressed ? COMPRESSED : 0));
    if (sent.length < 126) {
      header.writeByte(sent.length);
    } else if (sent.length < 65_536) {
      header.writeByte(126).writeShort(sent.length);
    } else {
      header.writeByte(127).writeLong(sent.length);
    }
    return Unpooled.wrappedBuffer(header, Unpooled.wrappedBuffer(sent));
  }

  private static byte[] deflate(byte[] payload, int level) {
    var deflated = new ByteArrayOutputStream();
    var deflater = new Deflater(level, true);
    try {
      deflater.setInput(payload);
      var piece = new byte[PIECE_BYTES];
      int count;
      do {
        count = deflater.deflate(piece, 0, piece.length, Deflater.SYNC_FLUSH);
        deflated.write(piece, 0, count);
      } while (count == piece.length);
    } finally {
      deflater.end();
    }
    byte[] bytes = deflated.toByteArray();
    return Arrays.copyOf(bytes, bytes.length - TAIL_BYTES);
  }
}
