package dev.porchlight.picture;

import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what is read through it, up to a limit. Confined to one thread. */
final class MeasuringStream extends InputStream {
  private final InputStream in;
  private final long maxBytes;
  private final MessageDigest digest;
  private long count;

  MeasuringStream(InputStream in, long maxBytes) {
    this.in = in;
    this.maxBytes = maxBytes;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  @Override
  public int read() throws IOException {
    var one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  @Override
  public int read(byte[] bytes, int offset, int length) throws IOException {
    int read = in.read(bytes, offset, length);
    if (read > 0) {
      count += read;
      if (count > maxBytes) {
        throw new PictureTooLargeException(maxBytes);
      }
      digest.update(bytes, offset, read);
    }
    return read;
  }

  void readToEnd() throws IOException {
    var buffer = new byte[16 * 1024];
    while (read(buffer, 0, buffer.length) >= 0) {
      // read() does what is to be done
    }
  }

  long count() {
    return count;
  }

  /** Of what was read so far; may be asked once. */
  String sha256() {
    return HexFormat.of().formatHex(digest.digest());
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
