package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.Page;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cameras in SQLite. Thread-safe. */
public final class JdbcCameraStore implements CameraStore {
  private static final String COLUMNS = "SELECT number, id, name, status, last_seen_at, created_at FROM cameras ";

  private final SqliteDatabase database;

  public JdbcCameraStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public boolean ensure(String cameraId, Instant at) {
    CameraId.requireValid(cameraId);
    // Asked for with every picture, and new only once: a read does not wait behind the writers.
    return find(cameraId).isEmpty() && database.write("add camera " + cameraId, handle -> handle
        .createUpdate("INSERT INTO cameras (id, name, status, created_at) VALUES (?, ?, 'offline', ?)"
            + " ON CONFLICT (id) DO NOTHING")
        .bind(0, cameraId)
        .bind(1, cameraId)
        .bind(2, SqlTime.text(at))
        .execute() == 1);
  }

  @Override
  public Optional<Camera> find(String cameraId) {
    return database.read("find camera " + cameraId, handle -> handle.createQuery(COLUMNS + "WHERE id = ?")
        .bind(0, cameraId)
        .map((row, _) -> camera(row))
        .findOne());
  }

  @Override
  public List<Camera> all() {
    return database.read("list the cameras",
        handle -> handle.createQuery(COLUMNS + "ORDER BY id").map((row, _) -> camera(row)).list());
  }

  @Override
  public Page<Camera> list(@Nullable Long before, int limit) {
    int count = Pages.rows(limit);
    var rows = database.read("list the cameras",
        handle -> handle.createQuery(COLUMNS + "WHERE number < ? ORDER BY number DESC LIMIT ?")
            .bind(0, Pages.below(before))
            .bind(1, count)
            .map((row, _) -> new Numbered(row.getLong("number"), camera(row)))
            .list());
    var page = Pages.of(rows, limit, Numbered::number);
    return new Page<>(page.items().stream().map(Numbered::camera).toList(), page.next());
  }

  @Override
  public void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt) {
    int changed = database.write("set the status of camera " + cameraId, handle -> handle
        .createUpdate("UPDATE cameras SET status = ?, last_seen_at = coalesce(?, last_seen_at) WHERE id = ?")
        .bind(0, status.wireName())
        .bind(1, SqlTime.textOrNull(lastSeenAt))
        .bind(2, cameraId)
        .execute());
    if (changed == 0) {
      throw new StoreException("Could not set the status of camera " + cameraId + ": there is no such camera");
    }
  }

  private static Camera camera(ResultSet row) throws SQLException {
    return new Camera(row.getString("id"), row.getString("name"), CameraState.ofWireName(row.getString("status")),
        SqlTime.parseOrNull(row.getString("last_seen_at")), SqlTime.parse(row.getString("created_at")));
  }

  /** A camera with the number that pages are cut by, since its id is a text. */
  private record Numbered(long number, Camera camera) {}
}
