package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * One message of a client while it comes in. It is checked and, unless somebody is to hear it, forgotten piece by piece:
 * whatever its size, nothing of it is kept then. Must be closed. Confined to the event loop of its connection.
 */
final class ClientMessage implements AutoCloseable {
  private final int limit;
  private final boolean isText;
  private final @Nullable Inflation inflation;
  private final @Nullable ByteArrayOutputStream kept;
  private final Utf8Check utf8 = new Utf8Check();
  private long announced;
  private long size;

  /**
   * A message of no bytes yet.
   *
   * @param limit        most bytes of the message, inflated
   * @param isCompressed whether its bytes are to be inflated
   * @param isKept       whether {@link #end} is to return it
   */
  ClientMessage(int limit, boolean isText, boolean isCompressed, boolean isKept) {
    this.limit = limit;
    this.isText = isText;
    this.inflation = isCompressed ? new Inflation() : null;
    this.kept = isKept ? new ByteArrayOutputStream() : null;
  }

  boolean isText() {
    return isText;
  }

  /** A frame of so many bytes begins; one that must break the limit is refused before any byte of it has come. */
  void announce(long bytes) throws ProtocolViolation {
    announced += bytes;
    // Even with the worst of the codes that are always there, nothing deflated is longer by more than an eighth.
    long most = inflation == null ? limit : limit + limit / 8L + 64;
    if (announced > most || announced < 0) {
      throw tooBig();
    }
  }

  /** Takes the first {@code count} of these bytes, unmasked. */
  void take(byte[] bytes, int count) throws ProtocolViolation {
    if (inflation == null) {
      check(bytes, count);
    } else {
      inflation.inflate(bytes, count, this::check);
    }
  }

  /** The message is whole: returns it, or an empty array when it is not kept. */
  byte[] end() throws ProtocolViolation {
    if (inflation != null) {
      inflation.end(this::check);
    }
    if (isText && !utf8.isComplete()) {
      throw new ProtocolViolation(CloseReason.INVALID_TEXT, "a text ends within a character");
    }
    return kept == null ? new byte[0] : kept.toByteArray();
  }

  @Override
  public void close() {
    if (inflation != null) {
      inflation.close();
    }
  }

  private void check(byte[] bytes, int count) throws ProtocolViolation {
    size += count;
    if (size > limit) {
      throw tooBig();
    }
    if (isText && !utf8.accept(bytes, count)) {
      throw new ProtocolViolation(CloseReason.INVALID_TEXT, "a text is not UTF-8");
    }
    if (kept != null) {
      kept.write(bytes, 0, count);
    }
  }

  private ProtocolViolation tooBig() {
    return new ProtocolViolation(CloseReason.TOO_BIG, "a message of more than " + limit + " bytes");
  }
}
