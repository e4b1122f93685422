package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;

/**
 * A database file before it is used: looked at, copied when it is older, brought to the current schema. A file that is
 * refused is left as it was. Confined to the thread that opens the database.
 */
final class DatabaseFile {
  private static final byte[] MAGIC = "SQLite format 3\0".getBytes(StandardCharsets.US_ASCII);
  private static final String HISTORY = "flyway_schema_history";
  private static final int EMPTY = 0;

  private final Path file;
  private final Schema schema;

  DatabaseFile(Path file, Schema schema) {
    this.file = file;
    this.schema = schema;
  }

  /** Makes the file ready for use, or throws a {@link StoreException} of one line. */
  void prepare(Path backups, Clock clock) {
    try {
      requireMagic();
      int version = inspect();
      if (version > schema.version()) {
        throw new StoreException(file + " has schema version " + version + ", but this Porchlight knows only up to "
            + schema.version() + ": start the newer Porchlight, or restore a backup of version " + schema.version());
      }
      if (version < schema.version()) {
        if (version > EMPTY) {
          new DatabaseCopy(file, backups, clock).make(version);
        }
        schema.migrate(file);
      }
    } catch (SQLException | IOException | RuntimeException e) {
      throw Refusal.of(file, e);
    }
  }

  /**
   * Asks for the first bytes only, and closes them before SQLite opens the file: closing any descriptor of a file gives
   * up all locks that the process holds on it.
   */
  private void requireMagic() throws IOException {
    if (!Files.isRegularFile(file) || Files.size(file) == 0) {
      return;
    }
    try (var in = Files.newInputStream(file)) {
      if (!Arrays.equals(in.readNBytes(MAGIC.length), MAGIC)) {
        throw Refusal.notADatabase(file, null);
      }
    }
  }

  /** Returns the version of the schema, {@link #EMPTY} for a new file. */
  private int inspect() throws SQLException {
    try (var connection = Sources.plain(file).getConnection()) {
      var verdict = text(connection, "PRAGMA quick_check(1)");
      if (!verdict.equals("ok")) {
        throw Refusal.damaged(file, Refusal.oneLine(verdict), null);
      }
      if (number(connection, "SELECT count(*) FROM sqlite_schema") == 0) {
        return EMPTY;
      }
      if (number(connection, "SELECT count(*) FROM sqlite_schema WHERE name = '" + HISTORY + "'") == 0) {
        throw new StoreException(file + " is the database of another program: move the file away");
      }
      return number(connection, "SELECT coalesce(max(CAST(version AS INTEGER)), 0) FROM " + HISTORY + " WHERE success");
    }
  }

  private static int number(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (var statement = connection.createStatement(); var row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
