package dev.porchlight.live;

/** A client asks for something that there is not; the message, one line, says what. */
public final class FeedRequestException extends RuntimeException {
  private static final long serialVersionUID = 1;

  FeedRequestException(String message) {
    super(message);
  }
}
