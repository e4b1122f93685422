package dev.porchlight.detection;

import org.jspecify.annotations.Nullable;

/** The detector failed, and not because of the picture: the same picture may succeed later. */
public final class DetectorException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public DetectorException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
