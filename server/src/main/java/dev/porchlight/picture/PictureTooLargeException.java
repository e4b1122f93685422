package dev.porchlight.picture;

import java.io.IOException;

/** The file has more bytes than allowed; the message says how many are. */
public final class PictureTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  public PictureTooLargeException(long maxBytes) {
    super("it has more than " + maxBytes + " bytes");
  }
}
