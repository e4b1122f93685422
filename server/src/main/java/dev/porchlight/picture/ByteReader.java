package dev.porchlight.picture;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/**
 * Reads single bytes and big-endian numbers through one small buffer. Skipping reads too, so that a stream that counts or
 * hashes sees every byte. Confined to one thread.
 */
final class ByteReader {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final InputStream in;
  private final byte[] buffer = new byte[BUFFER_BYTES];
  private int position;
  private int limit;

  ByteReader(InputStream in) {
    this.in = in;
  }

  /** The next byte, 0 to 255; throws {@link EOFException} at the end, as all methods here do. */
  int u8() throws IOException {
    if (position == limit) {
      fill();
    }
    return buffer[position++] & 0xFF;
  }

  /** Steps over bytes until one is {@code value}, and over that. */
  void skipPast(byte value) throws IOException {
    while (true) {
      if (position == limit) {
        fill();
      }
      int at = position;
      while (at < limit && buffer[at] != value) {
        at++;
      }
      position = at;
      if (at < limit) {
        position++;
        return;
      }
    }
  }

  int u16() throws IOException {
    return u8() << 8 | u8();
  }

  /** Four bytes, unsigned. */
  long u32() throws IOException {
    return (long) u16() << 16 | u16();
  }

  byte[] bytes(int count) throws IOException {
    var bytes = new byte[count];
    int done = 0;
    while (done < count) {
      if (position == limit) {
        fill();
      }
      int part = Math.min(count - done, limit - position);
      System.arraycopy(buffer, position, bytes, done, part);
      position += part;
      done += part;
    }
    return bytes;
  }

  void skip(long count) throws IOException {
    long left = count;
    while (left > 0) {
      if (position == limit) {
        fill();
      }
      int part = (int) Math.min(left, limit - position);
      position += part;
      left -= part;
    }
  }

  private void fill() throws IOException {
    int read = in.read(buffer, 0, buffer.length);
    if (read <= 0) {
      throw new EOFException();
    }
    position = 0;
    limit = read;
  }
}
