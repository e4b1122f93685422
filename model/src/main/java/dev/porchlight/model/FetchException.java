package dev.porchlight.model;

/** The model's package could not be had, or is not the one expected. The message says what was tried, in a few lines. */
final class FetchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FetchException(String message) {
    super(message);
  }

  FetchException(String message, Throwable cause) {
    super(message, cause);
  }
}
