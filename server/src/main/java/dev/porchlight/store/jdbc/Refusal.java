package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/** Says in one line why a database file is not used, and what to do about it. */
final class Refusal {
  /** Where SQLite's library is unpacked to. */
  static final String UNPACK_PROPERTY = "org.sqlite.tmpdir";

  private static final int PRIMARY_CODE = 0xff;
  private static final long LEAST_ROOM = 1 << 20;

  private Refusal() {}

  static StoreException of(Path file, Throwable failure) {
    if (failure instanceof StoreException refused) {
      return refused;
    }
    if (cause(failure, NativeLibraryNotFoundException.class) != null) {
      return new StoreException(file + " cannot be opened: SQLite's library could not be unpacked and run in "
          + System.getProperty(UNPACK_PROPERTY) + "; free some space on that disk and mount it without noexec, or name"
          + " another folder with -D" + UNPACK_PROPERTY, failure);
    }
    var sqlite = cause(failure, SQLiteException.class);
    var code = sqlite == null ? SQLiteErrorCode.UNKNOWN_ERROR : primary(sqlite.getResultCode());
    return switch (code) {
      case SQLITE_NOTADB -> notADatabase(file, failure);
      case SQLITE_CORRUPT -> damaged(file, reason(failure), failure);
      case SQLITE_FULL -> full(file, failure);
      case SQLITE_READONLY, SQLITE_CANTOPEN, SQLITE_PERM -> new StoreException(
          file + " cannot be written: let the user that runs Porchlight own the file and its folder", failure);
      case SQLITE_BUSY, SQLITE_LOCKED ->
        new StoreException(file + " is held by another program: close that first", failure);
      default -> hasRoom(file)
          ? new StoreException(file + " cannot be used: " + reason(failure), failure)
          : full(file, failure);
    };
  }

  /** The code without what it adds about where it happened. */
  static SQLiteErrorCode primary(SQLiteErrorCode code) {
    return SQLiteErrorCode.getErrorCode(code.code & PRIMARY_CODE);
  }

  /** A full disk shows in many ways: as a failed write, as shared memory that cannot grow, as a lost transaction. */
  private static boolean hasRoom(Path file) {
    try {
      return Files.getFileStore(file.toAbsolutePath().getParent()).getUsableSpace() >= LEAST_ROOM;
    } catch (IOException _) {
      return true;
    }
  }

  static StoreException notADatabase(Path file, @Nullable Throwable cause) {
    return of(file + " is not a SQLite database: restore a backup or move the file away", cause);
  }

  private static StoreException full(Path file, Throwable cause) {
    return new StoreException(file + " cannot be written: the disk is full; free some space", cause);
  }

  static StoreException damaged(Path file, String detail, @Nullable Throwable cause) {
    return of(file + " is damaged: restore a backup or move the file away (" + detail + ")", cause);
  }

  /** The root of a failure in one line. */
  static String reason(Throwable failure) {
    var root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.getClass().getSimpleName() : oneLine(root.getMessage());
  }

  /** A text of several lines in one. */
  static String oneLine(String text) {
    return text.strip().replaceAll("\\s*\\R\\s*", ", ");
  }

  private static StoreException of(String message, @Nullable Throwable cause) {
    return cause == null ? new StoreException(message) : new StoreException(message, cause);
  }

  private static <T extends Throwable> @Nullable T cause(Throwable failure, Class<T> type) {
    for (Throwable at = failure; at != null; at = at.getCause()) {
      if (type.isInstance(at)) {
        return type.cast(at);
      }
    }
    return null;
  }
}
