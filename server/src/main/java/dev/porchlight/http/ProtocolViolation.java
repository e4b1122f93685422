package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;

/** A client broke RFC 6455; the connection ends with {@link #reason()}. */
final class ProtocolViolation extends Exception {
  private static final long serialVersionUID = 1L;

  private final CloseReason reason;

  ProtocolViolation(CloseReason reason, String message) {
    super(message, null, false, false);
    this.reason = reason;
  }

  CloseReason reason() {
    return reason;
  }
}
