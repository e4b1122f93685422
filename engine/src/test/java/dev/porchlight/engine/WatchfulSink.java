package dev.porchlight.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Takes the messages of {@link #message} and fails on the spot when one is torn or spoilt, or when two writes come at once.
 * Cheap enough for thousands of interleavings: of each message it reads the two ends.
 */
final class WatchfulSink implements Sink {
  /** So large that two messages fill a segment. */
  private static final int BYTES = 3_000;
  private static final int HEADER = 4;
  private static final List<Message> MESSAGES = List.of(made(0), made(1), made(2), made(3), made(4));

  private final AtomicBoolean isWriting = new AtomicBoolean();
  private final List<Integer> seen = new ArrayList<>();

  /** Message {@code number}, 0 to 4: nothing but bytes of that value. */
  static Message message(int number) {
    return MESSAGES.get(number);
  }

  List<Integer> seen() {
    return seen;
  }

  @Override
  public boolean write(Block block, int from, int to) throws IOException {
    if (!isWriting.compareAndSet(false, true)) {
      throw new AssertionError("two writes at once");
    }
    ByteBuffer bytes = block.bytes();
    for (int at = from; at < to; at += HEADER + BYTES) {
      if (bytes.get(at) != (byte) 0x81) {
        throw new AssertionError("no frame begins with " + bytes.get(at));
      }
      seen.add(same(bytes.get(at + HEADER), bytes.get(at + HEADER + BYTES - 1)));
    }
    isWriting.set(false);
    block.release();
    return true;
  }

  @Override
  public void end(CloseReason reason) {
    throw new AssertionError("ended: " + reason);
  }

  private static int same(byte first, byte last) {
    if (first != last || first < 0 || first >= MESSAGES.size()) {
      throw new AssertionError("a message from " + first + " to " + last);
    }
    return first;
  }

  private static Message made(int number) {
    var text = new byte[BYTES];
    Arrays.fill(text, (byte) number);
    return new Message(text, Label.of("n"), null);
  }
}
