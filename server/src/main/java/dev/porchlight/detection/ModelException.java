package dev.porchlight.detection;

/** A model's file is not one that can be used; the message says what was expected and what was found. */
final class ModelException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ModelException(String message) {
    super(message);
  }
}
