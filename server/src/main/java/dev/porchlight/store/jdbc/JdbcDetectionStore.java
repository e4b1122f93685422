package dev.porchlight.store.jdbc;

import dev.porchlight.domain.DetectionPicture;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.store.DetectionStore;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The detections in SQLite. Thread-safe. */
public final class JdbcDetectionStore implements DetectionStore {
  private static final String COLUMNS = """
                                        SELECT detections.*, frames.path FROM detections JOIN frames ON frames.id = detections.frame_id
                                        WHERE detections.id < :before""";
  private static final String OF_CAMERA = " AND detections.camera_id = :camera";
  private static final String ORDER = " ORDER BY detections.id DESC LIMIT :rows";

  private static final String BY_ID = """
                                      SELECT detections.*, frames.path, frames.size, frames.sha256
                                      FROM detections JOIN frames ON frames.id = detections.frame_id WHERE detections.id = :id""";
  /** All of a frame join one batch at one time, and there is an index of that. */
  private static final String OF_FRAME = """
                                         SELECT detections.*, frames.path FROM detections JOIN frames ON frames.id = detections.frame_id
                                         WHERE detections.batch_id = :batch AND detections.detected_at = :at AND detections.frame_id = :frame
                                         ORDER BY detections.id""";

  private final SqliteDatabase database;

  public JdbcDetectionStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public Optional<StoredDetection> find(long id) {
    return database.read("find detection " + id,
        handle -> handle.createQuery(BY_ID).bind("id", id).map((row, _) -> stored(row)).findOne());
  }

  @Override
  public Optional<DetectionPicture> picture(long id) {
    return database.read("find the picture of detection " + id, handle -> handle.createQuery(BY_ID)
        .bind("id", id)
        .map((row, _) -> {
          var detection = stored(row);
          return new DetectionPicture(detection, List.of(), row.getLong("size"), row.getString("sha256"));
        })
        .findOne()
        .map(found -> new DetectionPicture(found.detection(), others(handle, found.detection()), found.size(),
            found.sha256())));
  }

  private static List<StoredDetection> others(Handle handle, StoredDetection of) {
    return handle.createQuery(OF_FRAME)
        .bind("batch", of.batchId())
        .bind("at", SqlTime.text(of.detection().detectedAt()))
        .bind("frame", of.frameId())
        .map((row, _) -> stored(row))
        .filter(other -> other.detection().id() != of.detection().id())
        .list();
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
