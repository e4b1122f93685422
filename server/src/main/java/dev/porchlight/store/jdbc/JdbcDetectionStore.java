package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Page;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.store.DetectionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** The detections in SQLite. Thread-safe. */
public final class JdbcDetectionStore implements DetectionStore {
  private static final String COLUMNS = """
                                        SELECT detections.*, frames.path FROM detections JOIN frames ON frames.id = detections.frame_id
                                        WHERE detections.id < :before""";
  private static final String OF_CAMERA = " AND detections.camera_id = :camera";
  private static final String ORDER = " ORDER BY detections.id DESC LIMIT :rows";

  private final SqliteDatabase database;

  public JdbcDetectionStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public Page<StoredDetection> list(@Nullable String cameraId, @Nullable Long before, int limit) {
    int count = Pages.rows(limit);
    var rows = database.read("list detections", handle -> {
      var query = handle.createQuery(COLUMNS + (cameraId == null ? "" : OF_CAMERA) + ORDER)
          .bind("before", Pages.below(before))
          .bind("rows", count);
      if (cameraId != null) {
        query.bind("camera", cameraId);
      }
      return query.map((row, _) -> stored(row)).list();
    });
    return Pages.of(rows, limit, stored -> stored.detection().id());
  }

  private static StoredDetection stored(ResultSet row) throws SQLException {
    return new StoredDetection(DetectionRows.detection(row), row.getLong("frame_id"), row.getLong("batch_id"),
        row.getString("path"));
  }
}
