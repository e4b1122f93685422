package dev.porchlight.live;

import dev.porchlight.engine.CloseReason;

/** What a client missed cannot be sent. */
public final class ReplayException extends Exception {
  private static final long serialVersionUID = 1;

  private final CloseReason reason;

  ReplayException(CloseReason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  ReplayException(CloseReason reason, String message) {
    super(message);
    this.reason = reason;
  }

  /** What the client is to be told. */
  public CloseReason reason() {
    return reason;
  }
}
