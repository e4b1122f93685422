package dev.porchlight.bench;

/** What makes a benchmark impossible; the message says it in a line for people. */
final class BenchException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BenchException(String message) {
    super(message);
  }
}
