package dev.porchlight.detection;

import dev.porchlight.detection.PictureException.Reason;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** All bytes of a picture file, so that what was hashed is what is decoded. It holds its share of memory until closed. */
final class PictureBytes implements AutoCloseable {
  private final byte[] bytes;
  private final PictureMemory.Share share;
  private boolean isHandedOver;

  private PictureBytes(byte[] bytes, PictureMemory.Share share) {
    this.bytes = bytes;
    this.share = share;
  }

  /**
   * Reads a file.
   *
   * @throws IOException      when it cannot be read; {@link java.nio.file.NoSuchFileException} when it is gone
   * @throws PictureException when it is larger than {@link PictureMemory#MAX_FILE_BYTES}
   */
  static PictureBytes read(Path file, PictureMemory memory) throws IOException, InterruptedException {
    long size = Files.size(file);
    if (size > PictureMemory.MAX_FILE_BYTES) {
      throw tooLarge();
    }
    var share = memory.file(size);
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes((int) size);
      if (in.read() >= 0) {
        throw new IOException("it grew while it was read");
      }
      return new PictureBytes(bytes, share);
    } catch (Throwable t) {
      share.close();
      throw t;
    }
  }

  private static PictureException tooLarge() {
    return new PictureException(Reason.TOO_LARGE, "it has more than 32 MiB");
  }

  byte[] bytes() {
    return bytes;
  }

  /** Lower-case hex. */
  String sha256() {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every Java platform has SHA-256", e);
    }
  }

  /** The same bytes for another owner, who is to close them: from now on closing these does nothing. */
  PictureBytes handOver() {
    isHandedOver = true;
    return new PictureBytes(bytes, share);
  }

  @Override
  public void close() {
    if (!isHandedOver) {
      share.close();
    }
  }
}
