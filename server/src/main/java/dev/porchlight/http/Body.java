package dev.porchlight.http;

import java.nio.channels.FileChannel;

/** What a {@link Response} carries. */
public sealed interface Body {
  /** Bytes in memory. The array is handed over, not copied. */
  @SuppressWarnings("ArrayRecordComponent")
  record Bytes(byte[] bytes) implements Body {}

  /**
   * A part of an open file, which is sent piece by piece as the client takes it.
   *
   * @param channel closed by whoever sends the part, or decides not to
   */
  record Part(FileChannel channel, long offset, long length) implements Body {}
}
