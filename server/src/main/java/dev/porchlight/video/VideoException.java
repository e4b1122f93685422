package dev.porchlight.video;

import java.io.IOException;

/** A stream or a video file cannot be read; the message says why, in one line for people and without a password. */
final class VideoException extends IOException {
  private static final long serialVersionUID = 1L;

  VideoException(String message) {
    super(message);
  }

  VideoException(String message, Throwable cause) {
    super(message, cause);
  }
}
