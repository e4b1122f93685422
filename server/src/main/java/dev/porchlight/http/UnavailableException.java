package dev.porchlight.http;

/** Something that the answer needs does not work now; it becomes a problem of status 503. */
public final class UnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnavailableException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
