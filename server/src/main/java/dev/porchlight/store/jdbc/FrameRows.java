package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows of frames that are looked at. Thread-safe. */
final class FrameRows {
  private final StoredPaths paths;

  FrameRows(StoredPaths paths) {
    this.paths = paths;
  }

  /** Adds a waiting frame inside a transaction of the caller, or returns null when the file is known. */
  @Nullable
  Frame insert(Handle handle, Arrival arrival) {
    return handle
        .createQuery(
            """
            INSERT INTO frames (camera_id, source, path, size, modified_at, sha256, captured_at, arrived_at, state)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting')
            ON CONFLICT (camera_id, path, size, modified_at) DO NOTHING RETURNING *""")
        .bind(0, arrival.cameraId())
        .bind(1, arrival.source().wireName())
        .bind(2, paths.text(arrival.path()))
        .bind(3, arrival.size())
        .bind(4, SqlTime.text(arrival.modifiedAt()))
        .bind(5, arrival.sha256())
        .bind(6, SqlTime.text(arrival.capturedAt()))
        .bind(7, SqlTime.text(arrival.arrivedAt()))
        .map((row, _) -> frame(row))
        .findOne()
        .orElse(null);
  }

  List<Frame> waiting(Handle handle) {
    return handle.createQuery("SELECT * FROM frames WHERE state = 'waiting' ORDER BY id")
        .map((row, _) -> frame(row))
        .list();
  }

  List<Frame> latest(Handle handle, String cameraId, int limit) {
    return handle
        .createQuery("SELECT * FROM frames WHERE camera_id = ? AND state = 'done' ORDER BY id DESC LIMIT ?")
        .bind(0, cameraId)
        .bind(1, limit)
        .map((row, _) -> frame(row))
        .list();
  }

  private Frame frame(ResultSet row) throws SQLException {
    return new Frame(row.getLong("id"), row.getString("camera_id"), FrameSource.ofWireName(row.getString("source")),
        paths.path(row.getString("path")), row.getLong("size"), row.getString("sha256"),
        SqlTime.parse(row.getString("captured_at")), SqlTime.parse(row.getString("arrived_at")), row.getInt("tries"));
  }
}
