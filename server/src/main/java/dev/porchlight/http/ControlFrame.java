package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A control frame of a server, as RFC 6455, section 5.5, says.
 *
 * @param first   the final bit and the opcode
 * @param payload at most 125 bytes
 */
@SuppressWarnings("ArrayRecordComponent") // nobody compares frames
record ControlFrame(int first, byte[] payload) {
  static final ControlFrame PING = new ControlFrame(0x89, new byte[0]);

  static ControlFrame pong(byte[] payload) {
    return new ControlFrame(0x8A, payload);
  }

  static ControlFrame close(CloseReason reason) {
    byte[] text = reason.text().getBytes(StandardCharsets.US_ASCII);
    return new ControlFrame(0x88,
        ByteBuffer.allocate(2 + text.length).putShort((short) reason.code()).put(text).array());
  }

  /** The frame's bytes, without a mask. */
  ByteBuf encode(ByteBufAllocator allocator) {
    return allocator.buffer(2 + payload.length).writeByte(first).writeByte(payload.length).writeBytes(payload);
  }
}
