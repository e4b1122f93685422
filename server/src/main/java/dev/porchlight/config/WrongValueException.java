package dev.porchlight.config;

/** A value that cannot be what it is meant to be; the message goes on after the key: {@code must be …}. */
final class WrongValueException extends Exception {
  private static final long serialVersionUID = 1L;

  WrongValueException(String message) {
    super(message);
  }

  static WrongValueException mustBe(String what, String text) {
    return new WrongValueException("must be " + what + ", not " + (text.isEmpty() ? "empty" : Quoting.quoted(text)));
  }
}
