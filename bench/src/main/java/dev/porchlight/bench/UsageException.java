package dev.porchlight.bench;

/** A command line that cannot be understood; the message says why, in a line for people. */
final class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UsageException(String message) {
    super(message);
  }
}
