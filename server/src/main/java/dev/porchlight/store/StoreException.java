package dev.porchlight.store;

/** The store could not do what was asked; the message says what was attempted and on what. */
public sealed class StoreException extends RuntimeException permits DiskFullException {
  private static final long serialVersionUID = 1L;

  public StoreException(String message, Throwable cause) {
    super(message, cause);
  }

  /** A refusal: what was asked for cannot be, and asking again changes nothing. */
  public StoreException(String message) {
    super(message);
  }

  /** True when asking again changes nothing; false when the store failed, and may work again later. */
  public boolean isRefusal() {
    return getCause() == null;
  }
}
