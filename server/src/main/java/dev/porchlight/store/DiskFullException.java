package dev.porchlight.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Data could not be stored because the disk is full; no part of it is stored. */
public final class DiskFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }

  /** True when a failure reports a full disk. Java passes on the operating system's text, which has two forms. */
  public static boolean isSaidBy(Throwable failure) {
    for (@Nullable
    Throwable at = failure; at != null; at = at.getCause()) {
      String text = String.valueOf(at.getMessage()).toLowerCase(Locale.ROOT);
      if (text.contains("no space left") || text.contains("quota exceeded")) {
        return true;
      }
    }
    return false;
  }
}
