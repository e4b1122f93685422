package dev.porchlight.store.jdbc;

import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Frame;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/** The rows of detections. */
final class DetectionRows {
  private DetectionRows() {}

  /** Adds a row inside a transaction of the caller. */
  static Detection insert(Handle handle, Frame frame, long batchId, DetectedObject object) {
    var box = object.box();
    var at = SqlTime.stored(frame.capturedAt());
    long id = handle
        .createQuery("""
                     INSERT INTO detections (frame_id, batch_id, camera_id, object_type, confidence, detected_at,
                       bbox_x, bbox_y, bbox_width, bbox_height)
                     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id""")
        .bind(0, frame.id())
        .bind(1, batchId)
        .bind(2, frame.cameraId())
        .bind(3, object.objectType())
        .bind(4, object.confidence())
        .bind(5, SqlTime.text(at))
        .bind(6, box.x())
        .bind(7, box.y())
        .bind(8, box.width())
        .bind(9, box.height())
        .mapTo(Long.class)
        .one();
    return new Detection(id, frame.cameraId(), object.objectType(), object.confidence(), at, box.x(), box.y(),
        box.width(), box.height());
  }

  static Detection detection(ResultSet row) throws SQLException {
    return new Detection(row.getLong("id"), row.getString("camera_id"), row.getString("object_type"),
        row.getDouble("confidence"), SqlTime.parse(row.getString("detected_at")), row.getInt("bbox_x"),
        row.getInt("bbox_y"), row.getInt("bbox_width"), row.getInt("bbox_height"));
  }
}
