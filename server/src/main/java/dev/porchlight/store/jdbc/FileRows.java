package dev.porchlight.store.jdbc;

import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The rows of frames as files, asked for and written down by the thousand after a start. Thread-safe. */
final class FileRows {
  /** Files per statement: as many as keep the statement small and its index look-ups the larger part. */
  private static final int ASKED_AT_ONCE = 256;
  /** Files per transaction, so that an arriving picture does not wait long behind a folder of old ones. */
  private static final int WRITTEN_AT_ONCE = 1_000;

  private final SqliteDatabase database;
  private final StoredPaths paths;

  FileRows(SqliteDatabase database) {
    this.database = database;
    this.paths = database.paths();
  }

  void insert(String cameraId, FrameSource source, Collection<FileVersion> files, FrameState state, String reason,
      Instant at) {
    for (var part : parts(files, WRITTEN_AT_ONCE)) {
      var _ = database.write("record " + part.size() + " files of camera " + cameraId, handle -> {
        var batch = handle.prepareBatch(
            """
            INSERT INTO frames (camera_id, source, path, size, modified_at, arrived_at, state, reason, finished_at)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (camera_id, path, size, modified_at) DO NOTHING""");
        for (var file : part) {
          batch.add(cameraId, source.wireName(), paths.text(file.path()), file.size(), SqlTime.text(file.modifiedAt()),
              SqlTime.text(at), state.wireName(), reason, database.now());
        }
        return batch.execute();
      });
    }
  }

  Set<FileVersion> known(String cameraId, Collection<FileVersion> files) {
    var known = new HashSet<FileVersion>();
    for (var part : parts(files, ASKED_AT_ONCE)) {
      var wanted = part.stream().map(this::key).toList();
      var found = Set
          .copyOf(database.read("look up files of camera " + cameraId, handle -> ask(handle, cameraId, wanted)));
      part.stream().filter(file -> found.contains(key(file))).forEach(known::add);
    }
    return known;
  }

  private static List<Key> ask(Handle handle, String cameraId, List<Key> wanted) {
    var query = handle.createQuery("SELECT path, size, modified_at FROM frames WHERE camera_id = ?"
        + " AND (path, size, modified_at) IN (VALUES " + String.join(",", Collections.nCopies(wanted.size(), "(?,?,?)"))
        + ")");
    int position = 0;
    query.bind(position++, cameraId);
    for (var key : wanted) {
      query.bind(position++, key.path()).bind(position++, key.size()).bind(position++, key.modifiedAt());
    }
    return query.map((row, _) -> key(row)).list();
  }

  private static List<List<FileVersion>> parts(Collection<FileVersion> files, int size) {
    var all = List.copyOf(files);
    var parts = new ArrayList<List<FileVersion>>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }

  private Key key(FileVersion file) {
    return new Key(paths.text(file.path()), file.size(), SqlTime.text(file.modifiedAt()));
  }

  private static Key key(ResultSet row) throws SQLException {
    return new Key(row.getString("path"), row.getLong("size"), row.getString("modified_at"));
  }

  private record Key(String path, long size, String modifiedAt) {}
}
