package dev.porchlight.store.jdbc;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.nio.file.Path;
import java.time.Duration;
import javax.sql.DataSource;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteConfig.JournalMode;
import org.sqlite.SQLiteConfig.SynchronousMode;
import org.sqlite.SQLiteDataSource;

/** The ways to a database file: one that only looks, one that migrates, and the pools of the running server. */
final class Sources {
  /** SQLite takes one writer at a time, so the pool of one is the queue of writers. */
  private static final int WRITERS = 1;
  private static final int READERS = 3;
  /** How long SQLite itself waits when another program, such as a backup tool, holds the file. */
  private static final Duration BUSY = Duration.ofSeconds(5);
  /** How long a caller waits for a connection; longer means that the disk has stalled. */
  private static final Duration QUEUE = Duration.ofSeconds(30);
  /** What the write-ahead log shrinks back to after a burst. */
  private static final int WAL_BYTES = 16 << 20;

  private Sources() {}

  /** Changes nothing by opening, not even the journal mode: the file may turn out to be somebody else's. */
  static DataSource plain(Path file) {
    return source(file, new SQLiteConfig());
  }

  /** Opens as the server does, but for foreign keys: see {@link Schema}. */
  static DataSource migrating(Path file) {
    var source = source(file, writing());
    source.setEnforceForeignKeys(false);
    return source;
  }

  static HikariDataSource writer(Path file) {
    return pool("store-writer", WRITERS, source(file, writing()), false);
  }

  static HikariDataSource readers(Path file) {
    var config = new SQLiteConfig();
    config.setReadOnly(true);
    return pool("store-reader", READERS, source(file, config), true);
  }

  private static SQLiteConfig writing() {
    var config = new SQLiteConfig();
    config.setJournalMode(JournalMode.WAL);
    config.setSynchronous(SynchronousMode.FULL);
    config.setJournalSizeLimit(WAL_BYTES);
    return config;
  }

  private static SQLiteDataSource source(Path file, SQLiteConfig config) {
    config.enforceForeignKeys(true);
    config.setBusyTimeout(Math.toIntExact(BUSY.toMillis()));
    var source = new SQLiteDataSource(config);
    source.setUrl("jdbc:sqlite:" + file);
    return source;
  }

  private static HikariDataSource pool(String name, int size, DataSource source, boolean readOnly) {
    var config = new HikariConfig();
    config.setPoolName(name);
    config.setDataSource(source);
    config.setReadOnly(readOnly);
    config.setMaximumPoolSize(size);
    config.setConnectionTimeout(QUEUE.toMillis());
    // A connection to a file does not grow stale.
    config.setMaxLifetime(0);
    config.setIdleTimeout(0);
    return new HikariDataSource(config);
  }
}
