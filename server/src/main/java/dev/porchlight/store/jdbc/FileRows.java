package dev.porchlight.store.jdbc;

import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** The rows of frames as files, written down by the thousand after a start. Thread-safe. */
final class FileRows {
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

  /** {@code files} in lists of at most {@code size}. */
  static List<List<FileVersion>> parts(Collection<FileVersion> files, int size) {
    var all = List.copyOf(files);
    var parts = new ArrayList<List<FileVersion>>();
    for (int from = 0; from < all.size(); from += size) {
      parts.add(all.subList(from, Math.min(all.size(), from + size)));
    }
    return parts;
  }
}
