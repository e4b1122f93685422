package dev.porchlight.live;

/** Messages that a client was to be sent are gone: it was too slow. */
public final class ReplayGapException extends Exception {
  private static final long serialVersionUID = 1;

  ReplayGapException(String message) {
    super(message);
  }
}
