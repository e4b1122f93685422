package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
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
    if (sqlite == null) {
      return new StoreException(file + " cannot be used: " + reason(failure), failure);
    }
    int code = sqlite.getResultCode().code & PRIMARY_CODE;
    if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
      return notADatabase(file, sqlite);
    }
    if (code == SQLiteErrorCode.SQLITE_CORRUPT.code) {
      return damaged(file, reason(sqlite), sqlite);
    }
    if (code == SQLiteErrorCode.SQLITE_FULL.code) {
      return new StoreException(file + " cannot be written: the disk is full; free some space", sqlite);
    }
    if (code == SQLiteErrorCode.SQLITE_READONLY.code || code == SQLiteErrorCode.SQLITE_CANTOPEN.code
        || code == SQLiteErrorCode.SQLITE_PERM.code) {
      return new StoreException(
          file + " cannot be written: let the user that runs Porchlight own the file and its folder", sqlite);
    }
    if (code == SQLiteErrorCode.SQLITE_BUSY.code || code == SQLiteErrorCode.SQLITE_LOCKED.code) {
      return new StoreException(file + " is held by another program: close that first", sqlite);
    }
    if (code == SQLiteErrorCode.SQLITE_IOERR.code) {
      return new StoreException(file + " cannot be read or written, look after the disk: " + reason(sqlite), sqlite);
    }
    return new StoreException(file + " cannot be used: " + reason(sqlite), sqlite);
  }

  static StoreException notADatabase(Path file, @Nullable Throwable cause) {
    return of(file + " is not a SQLite database: restore a backup or move the file away", cause);
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
