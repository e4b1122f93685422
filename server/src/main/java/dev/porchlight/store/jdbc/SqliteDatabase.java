package dev.porchlight.store.jdbc;

import com.zaxxer.hikari.HikariDataSource;
import dev.porchlight.store.DiskFullException;
import dev.porchlight.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jspecify.annotations.Nullable;

/**
 * The database of a data folder: {@code porchlight.db}, SQLite in WAL mode. One connection writes, and its pool is the
 * queue of writers; a few others read beside it. What {@link #write} has returned is on disk. Thread-safe.
 */
public final class SqliteDatabase implements AutoCloseable {
  /** The file's name in the data folder. */
  public static final String FILE = "porchlight.db";

  private final HikariDataSource writer;
  private final HikariDataSource readers;
  private final Jdbi writing;
  private final Jdbi reading;
  private final StoredPaths paths;
  private final DataDisk disk;
  private final Clock clock;
  private volatile @Nullable String trouble;

  private SqliteDatabase(HikariDataSource writer, HikariDataSource readers, DataFolder folder, Clock clock) {
    this.writer = writer;
    this.readers = readers;
    this.writing = Jdbi.create(writer);
    this.reading = Jdbi.create(readers);
    this.paths = new StoredPaths(folder.path());
    this.disk = folder.disk();
    this.clock = clock;
  }

  /**
   * Checks, migrates and opens the database of a data folder; a missing one is created.
   *
   * @throws StoreException of one line that names the file and what to do, when it is damaged, newer than this
   *                        Porchlight, or cannot be written
   */
  public static SqliteDatabase open(DataFolder folder, Clock clock) {
    return open(folder, clock, Schema.CURRENT);
  }

  static SqliteDatabase open(DataFolder folder, Clock clock, Schema schema) {
    unpackInto(folder.tmp());
    var file = folder.path().resolve(FILE);
    new DatabaseFile(file, schema).prepare(folder.backups(), clock);
    HikariDataSource writer = null;
    try {
      writer = Sources.writer(file);
      return new SqliteDatabase(writer, Sources.readers(file), folder, clock);
    } catch (RuntimeException e) {
      if (writer != null) {
        writer.close();
      }
      throw Refusal.of(file, e);
    }
  }

  /**
   * Has SQLite's library unpacked into the data folder: in the system's, a process that is killed would leave it for
   * ever. Whoever starts the process with another place has a reason, such as a data folder that runs no programs.
   */
  private static void unpackInto(Path tmp) {
    if (System.getProperty(Refusal.UNPACK_PROPERTY) == null) {
      System.setProperty(Refusal.UNPACK_PROPERTY, tmp.toString());
    }
  }

  /** Closes the readers, then the writer, which folds the write-ahead log into the file. */
  @Override
  public void close() {
    readers.close();
    writer.close();
  }

  StoredPaths paths() {
    return paths;
  }

  /** The time now. */
  Instant time() {
    return clock.instant();
  }

  /** The time now, as text. */
  String now() {
    return SqlTime.text(time());
  }

  /** Reads; {@code what} completes the sentence "Could not …". */
  <T> T read(String what, HandleCallback<T, SQLException> work) {
    try {
      return reading.withHandle(work);
    } catch (SQLException | RuntimeException e) {
      throw failure(what, e);
    }
  }

  /** Writes in one transaction, which is rolled back when {@code work} throws. */
  <T extends @Nullable Object> T write(String what, HandleCallback<T, SQLException> work) {
    return writing(what, handle -> inTransaction(handle, work));
  }

  /**
   * As {@link #write}, for what can be had again: it is on disk with the next {@link #write}. If the power fails before
   * that it is lost, and what was written before it is not; a process that is killed loses nothing. Saves waiting for the
   * disk.
   */
  <T extends @Nullable Object> T writeSoon(String what, HandleCallback<T, SQLException> work) {
    return writing(what, handle -> {
      handle.execute("PRAGMA synchronous = NORMAL");
      try {
        return inTransaction(handle, work);
      } finally {
        synchronousAgain(handle);
      }
    });
  }

  private <T extends @Nullable Object> T writing(String what, HandleCallback<T, SQLException> work) {
    try {
      T result = writing.withHandle(work);
      trouble = null;
      return result;
    } catch (SQLException | RuntimeException e) {
      StoreException failure = failure(what, e);
      // A full disk has a state of its own, which ends without a write that succeeds.
      if (!failure.isRefusal() && !(failure instanceof DiskFullException)) {
        trouble = failure.getMessage();
      }
      throw failure;
    }
  }

  /** The disk that the database is on. */
  public DataDisk disk() {
    return disk;
  }

  /** Why the last write failed, unless the disk was full; empty when it did not. */
  public Optional<String> trouble() {
    return Optional.ofNullable(trouble);
  }

  /**
   * By statements and not by JDBC's transactions: after a full disk SQLite has rolled back by itself, and the driver
   * then fails twice more, on its own rollback and on its way back to auto-commit.
   */
  private <T extends @Nullable Object> T inTransaction(Handle handle, HandleCallback<T, SQLException> work)
      throws SQLException {
    handle.execute("BEGIN IMMEDIATE");
    try {
      T result = work.withHandle(handle);
      handle.execute("COMMIT");
      return result;
    } catch (SQLException | RuntimeException | Error e) {
      rollBack(handle, e);
      throw e;
    }
  }

  /** A connection that cannot roll back is in no state to go on with: the pool makes another. */
  private void rollBack(Handle handle, Throwable reason) {
    try {
      handle.execute("ROLLBACK");
    } catch (RuntimeException e) {
      reason.addSuppressed(e);
      writer.evictConnection(handle.getConnection());
    }
  }

  /** A connection that cannot be made careful again is not to be used for what must not be lost. */
  private void synchronousAgain(Handle handle) {
    try {
      handle.execute("PRAGMA synchronous = FULL");
    } catch (RuntimeException e) {
      writer.evictConnection(handle.getConnection());
      throw e;
    }
  }

  private StoreException failure(String what, Exception e) {
    if (e instanceof StoreException refused) {
      return refused;
    }
    String message = "Could not " + what + ": " + Refusal.reason(e);
    return disk.noteFailure(e) ? new DiskFullException(message, e) : new StoreException(message, e);
  }
}
