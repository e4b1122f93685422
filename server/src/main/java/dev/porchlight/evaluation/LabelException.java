package dev.porchlight.evaluation;

/** There are no labels, or they make no sense; the message says where and why, in one line for people. */
final class LabelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  LabelException(String message) {
    super(message);
  }
}
