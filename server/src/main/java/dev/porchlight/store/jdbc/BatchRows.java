package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Frame;
import dev.porchlight.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of batches, inside a transaction of the caller. */
final class BatchRows {
  /** Of what {@link #batch} reads. */
  static final String COLUMNS = "SELECT id, camera_id, first_at, last_at FROM batches ";

  private BatchRows() {}

  static Batch batch(ResultSet row) throws SQLException {
    return new Batch(row.getLong("id"), row.getString("camera_id"), SqlTime.parse(row.getString("first_at")),
        SqlTime.parse(row.getString("last_at")));
  }

  /** Closes a batch unless it is closed; returns how many were closed. */
  static int close(Handle handle, long batchId, String now) {
    return handle.createUpdate("UPDATE batches SET state = 'closed', closed_at = ? WHERE id = ? AND state = 'open'")
        .bind(0, now)
        .bind(1, batchId)
        .execute();
  }

  /** Joins the open batch {@code joins}, or opens one; returns its id. */
  static long join(Handle handle, Frame frame, @Nullable Long joins) {
    var at = SqlTime.text(frame.capturedAt());
    return joins == null ? open(handle, frame.cameraId(), at) : extend(handle, joins, frame, at);
  }

  /** A batch of this frame alone, closed from the start; returns its id. */
  static long closed(Handle handle, Frame frame, String now) {
    var at = SqlTime.text(frame.capturedAt());
    return handle
        .createQuery(
            "INSERT INTO batches (camera_id, state, first_at, last_at, closed_at) VALUES (?, 'closed', ?, ?, ?)"
                + " RETURNING id")
        .bind(0, frame.cameraId())
        .bind(1, at)
        .bind(2, at)
        .bind(3, now)
        .mapTo(Long.class)
        .one();
  }

  private static long open(Handle handle, String cameraId, String at) {
    return handle
        .createQuery("INSERT INTO batches (camera_id, state, first_at, last_at) VALUES (?, 'open', ?, ?) RETURNING id")
        .bind(0, cameraId)
        .bind(1, at)
        .bind(2, at)
        .mapTo(Long.class)
        .one();
  }

  /** A frame may come late: the batch then begins earlier. */
  private static long extend(Handle handle, long batchId, Frame frame, String at) {
    int joined = handle
        .createUpdate("UPDATE batches SET first_at = min(first_at, ?), last_at = max(last_at, ?)"
            + " WHERE id = ? AND camera_id = ? AND state = 'open'")
        .bind(0, at)
        .bind(1, at)
        .bind(2, batchId)
        .bind(3, frame.cameraId())
        .execute();
    if (joined == 0) {
      throw new StoreException("Could not complete frame " + frame.id() + ": batch " + batchId
          + " is no open batch of camera " + frame.cameraId());
    }
    return batchId;
  }
}
