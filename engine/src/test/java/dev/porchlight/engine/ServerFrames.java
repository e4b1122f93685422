package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Undoes what RFC 6455, section 5.2, and RFC 7692 say of the messages of a server. */
final class ServerFrames {
  private static final byte[] END_OF_FLUSH = {0, 0, (byte) 0xFF, (byte) 0xFF};

  private ServerFrames() {}

  /** The texts of whole frames. */
  static List<String> texts(Block block, int from, int to) {
    return texts(block.bytes().duplicate().position(from).limit(to).slice());
  }

  static List<String> texts(ByteBuffer frames) {
    var texts = new ArrayList<String>();
    while (frames.hasRemaining()) {
      int first = frames.get() & 0xFF;
      int length = frames.get();
      if (length == 126) {
        length = frames.getShort() & 0xFFFF;
      } else if (length == 127) {
        length = Math.toIntExact(frames.getLong());
      }
      var payload = new byte[length];
      frames.get(payload);
      texts.add(switch (first) {
        case 0x81 -> new String(payload, StandardCharsets.UTF_8);
        case 0xC1 -> inflate(payload);
        default -> throw new AssertionError("no frame of a text begins with " + Integer.toHexString(first));
      });
    }
    return texts;
  }

  private static String inflate(byte[] payload) {
    try (var inflater = new Inflater(true)) {
      inflater.setInput(ByteBuffer.allocate(payload.length + 4).put(payload).put(END_OF_FLUSH).flip());
      var text = new byte[1 << 20];
      int size = inflater.inflate(text);
      if (inflater.getRemaining() > 0) {
        throw new AssertionError("bytes are left over");
      }
      return new String(text, 0, size, StandardCharsets.UTF_8);
    } catch (DataFormatException e) {
      throw new AssertionError(e);
    }
  }
}
