package dev.porchlight.picture;

import java.io.IOException;

/** The bytes are neither a JPEG nor a PNG, or their structure is broken; the message says what is wrong with them. */
public final class NotAPictureException extends IOException {
  private static final long serialVersionUID = 1L;

  private final boolean recognised;

  /**
   * Says what is wrong.
   *
   * @param recognised the first bytes were those of a JPEG or a PNG
   */
  public NotAPictureException(String message, boolean recognised) {
    super(message);
    this.recognised = recognised;
  }

  /** True when it began like a JPEG or a PNG and broke later. */
  public boolean isRecognised() {
    return recognised;
  }
}
