package dev.porchlight.detection;

import org.jspecify.annotations.Nullable;

/** A detector elsewhere gave no answer that can be used. The message says nothing secret. */
final class RemoteException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean isPassing;

  /**
   * A failure.
   *
   * @param isPassing whether the same question may soon be answered
   */
  RemoteException(String message, boolean isPassing, @Nullable Throwable cause) {
    super(message, cause);
    this.isPassing = isPassing;
  }

  boolean isPassing() {
    return isPassing;
  }
}
