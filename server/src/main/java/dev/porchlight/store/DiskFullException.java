package dev.porchlight.store;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Something could not be kept because the disk is full; nothing of it was. */
public final class DiskFullException extends StoreException {
  private static final long serialVersionUID = 1L;

  public DiskFullException(String message, Throwable cause) {
    super(message, cause);
  }

  /** True when a failure says that there is no room. What a disk says is text of the operating system, in two sentences. */
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
