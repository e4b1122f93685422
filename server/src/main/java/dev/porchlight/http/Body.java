package dev.porchlight.http;

import java.nio.channels.FileChannel;
import org.jspecify.annotations.Nullable;

/** What a {@link Response} carries. */
public sealed interface Body {
  /** Bytes in memory. The array is handed over, not copied. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Body {}

  /**
   * A part of an open file, which is sent piece by piece as the client takes it.
   *
   * @param channel closed with the answer, sent or not
   * @param sha256  of the part's bytes, lower-case hex: if the file is overwritten while it is sent, the connection is closed
   *                before the last piece. Null to send any bytes
   */
  record Part(FileChannel channel, long offset, long length, @Nullable String sha256) implements Body {}
}
