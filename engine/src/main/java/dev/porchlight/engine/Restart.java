package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a subscription goes on that fell behind and is moved on.
 *
 * @param segment     which holds the next message, or will
 * @param next        the number of the next message
 * @param latest      the latest values as frames, to be written first; null when there are none. It is the receiver's
 * @param latestBytes the bytes of them
 * @param latestCount how many they are
 */
record Restart(Segment segment, long next, @Nullable Block latest, int latestBytes, int latestCount) {
  static Restart of(Segment segment, long next, List<Message> values, Memory memory) {
    List<ByteBuffer> frames = values.stream().map(message -> Encoding.textFrame(message.text())).toList();
    int size = frames.stream().mapToInt(ByteBuffer::remaining).sum();
    if (size == 0) {
      return new Restart(segment, next, null, 0, 0);
    }
    Block block = memory.allocate(size);
    int at = 0;
    for (ByteBuffer frame : frames) {
      block.bytes().put(at, frame, 0, frame.remaining());
      at += frame.remaining();
    }
    return new Restart(segment, next, block, size, frames.size());
  }
}
