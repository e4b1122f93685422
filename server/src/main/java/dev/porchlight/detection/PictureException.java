package dev.porchlight.detection;

import java.util.Locale;

/** A picture cannot or may not be decoded; the message says why, in one line for people. */
public final class PictureException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final Reason reason;

  public PictureException(Reason reason, String message) {
    super(message);
    this.reason = reason;
  }

  PictureException(Reason reason, String message, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }

  /** Why a picture is refused. */
  public enum Reason {
    /** Neither JPEG nor PNG. */
    NOT_A_PICTURE,
    /** It ends too early, its structure is broken, or the decoder gave up on it. */
    DAMAGED,
    /** More bytes than allowed. */
    TOO_LARGE,
    /** More pixels than allowed. */
    TOO_MANY_PIXELS,
    /** A picture, but of a coding that is not taken. */
    UNSUPPORTED;

    /** The reason as metrics spell it. */
    String tag() {
      return name().toLowerCase(Locale.ROOT);
    }
  }
}
