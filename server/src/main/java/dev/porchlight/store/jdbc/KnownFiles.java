package dev.porchlight.store.jdbc;

import dev.porchlight.domain.FileVersion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** Which files a table has, asked for by the thousand after a start. Thread-safe. */
final class KnownFiles {
  /** Files per statement: as many as keep the statement small and its index look-ups the larger part. */
  private static final int ASKED_AT_ONCE = 256;

  private final SqliteDatabase database;
  private final StoredPaths paths;
  private final String table;
  private final String condition;

  /** Asks {@code frames} or {@code clips}. */
  KnownFiles(SqliteDatabase database, String table) {
    this(database, table, "TRUE");
  }

  /** Asks for those rows alone that meet a condition. */
  KnownFiles(SqliteDatabase database, String table, String condition) {
    this.database = database;
    this.paths = database.paths();
    this.table = table;
    this.condition = condition;
  }

  /** Those of {@code files} that the table has. */
  Set<FileVersion> of(String cameraId, Collection<FileVersion> files) {
    var known = new HashSet<FileVersion>();
    for (var part : FileRows.parts(files, ASKED_AT_ONCE)) {
      var wanted = part.stream().map(this::key).toList();
      var found = Set
          .copyOf(database.read("look up files of camera " + cameraId, handle -> ask(handle, cameraId, wanted)));
      part.stream().filter(file -> found.contains(key(file))).forEach(known::add);
    }
    return known;
  }

  private List<Key> ask(Handle handle, String cameraId, List<Key> wanted) {
    var query = handle.createQuery("SELECT path, size, modified_at FROM " + table + " WHERE camera_id = ?"
        + " AND (path, size, modified_at) IN (VALUES " + String.join(",", Collections.nCopies(wanted.size(), "(?,?,?)"))
        + ") AND " + condition);
    int position = 0;
    query.bind(position++, cameraId);
    for (var key : wanted) {
      query.bind(position++, key.path()).bind(position++, key.size()).bind(position++, key.modifiedAt());
    }
    return query.map((row, _) -> key(row)).list();
  }

  private Key key(FileVersion file) {
    return new Key(paths.text(file.path()), file.size(), SqlTime.text(file.modifiedAt()));
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString("path"), row.getLong("size"), row.getString("modified_at"));
  }

  private record Key(String path, long size, String modifiedAt) {}
}
