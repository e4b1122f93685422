package dev.porchlight.it;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;

/** The payloads of compressed messages, as a client of RFC 7692 makes and reads them. */
public final class Deflated {
  private static final int MIB = 1024 * 1024;

  private Deflated() {}

  /** One message, deflated. */
  public static byte[] message(byte[] payload, int level) {
    byte[] deflated = flushed(payload, level, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(deflated, deflated.length - 4);
  }

  /** So many MiB of zeros, deflated: a thousandth of it. Every MiB begins anew, so that even a GiB is quickly made. */
  public static byte[] zeros(int mebibytes) {
    byte[] one = flushed(new byte[MIB], Deflater.BEST_COMPRESSION, Deflater.FULL_FLUSH);
    var all = new ByteArrayOutputStream();
    for (int i = 0; i < mebibytes; i++) {
      all.writeBytes(one);
    }
    return Arrays.copyOf(all.toByteArray(), all.size() - 4);
  }

  /** What one message says. */
  public static byte[] inflate(byte[] deflated) {
    var inflater = new Inflater(true);
    try {
      byte[] whole = Arrays.copyOf(deflated, deflated.length + 4);
      whole[whole.length - 2] = (byte) 0xFF;
      whole[whole.length - 1] = (byte) 0xFF;
      inflater.setInput(whole);
      var inflated = new ByteArrayOutputStream();
      var piece = new byte[8 * 1024];
      int count;
      while ((count = inflater.inflate(piece)) > 0) {
        inflated.write(piece, 0, count);
      }
      return inflated.toByteArray();
    } catch (DataFormatException e) {
      throw new AssertionError("the server sent what cannot be inflated", e);
    } finally {
      inflater.end();
    }
  }

  private static byte[] flushed(byte[] payload, int level, int flush) {
    var deflater = new Deflater(level, true);
    try {
      deflater.setInput(payload);
      var deflated = new ByteArrayOutputStream();
      var piece = new byte[8 * 1024];
      int count;
      do {
        count = deflater.deflate(piece, 0, piece.length, flush);
        deflated.write(piece, 0, count);
      } while (count == piece.length);
      return deflated.toByteArray();
    } finally {
      deflater.end();
    }
  }
}
