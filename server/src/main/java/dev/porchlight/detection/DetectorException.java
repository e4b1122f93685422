package dev.porchlight.detection;

/** The detector failed, and not because of the picture: the same picture may succeed later. */
public final class DetectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DetectorException(String message, Throwable cause) {
    super(message, cause);
  }
}
