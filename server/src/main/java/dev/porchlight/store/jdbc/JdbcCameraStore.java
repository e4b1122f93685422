package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.Page;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The cameras in SQLite. Thread-safe. */
public final class JdbcCameraStore implements CameraStore {
  private static final String STILL_THERE = " WHERE id = ? AND deleted_at IS NULL";

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
  public boolean create(Camera camera) {
    return database.write("create camera " + camera.id(), handle -> {
      if (CameraRows.insert(handle, camera) > 0) {
        return true;
      }
      if (CameraRows.exists(handle, camera.id())) {
        return false;
      }
      throw new StoreException("Could not create camera " + camera.id()
          + ": the history of the deleted camera of this id is still being forgotten");
    });
  }

  @Override
  public Optional<Camera> change(String cameraId, UnaryOperator<Camera> change) {
    return database.write("change camera " + cameraId, handle -> {
      Camera before = find(handle, cameraId).orElse(null);
      if (before == null) {
        return Optional.<Camera>empty();
      }
      Camera wanted = change.apply(before);
      Camera after = before.with(wanted.name(), wanted.settings());
      CameraRows.update(handle, after);
      return Optional.of(after);
    });
  }

  @Override
  public boolean delete(String cameraId, boolean withHistory, Instant at) {
    return database.write("delete camera " + cameraId,
        handle -> handle.execute("UPDATE cameras SET deleted_at = ?, forgetting = ?, source = NULL, status = 'offline'"
            + STILL_THERE, SqlTime.text(at), withHistory ? 1 : 0, cameraId)) == 1;
  }

  @Override
  public List<String> forgetting() {
    return database.read("list the cameras to forget",
        handle -> handle.createQuery("SELECT id FROM cameras WHERE forgetting = 1 ORDER BY number")
            .mapTo(String.class)
            .list());
  }

  @Override
  public Remains forget(String cameraId, int limit) {
    return database.write("forget what camera " + cameraId + " has seen",
        handle -> CameraHistory.forget(handle, cameraId, limit));
  }

  @Override
  public void forgotten(String cameraId) {
    var _ = database.write("note that camera " + cameraId + " is forgotten",
        handle -> handle.execute("UPDATE cameras SET forgetting = 0 WHERE id = ?", cameraId));
  }

  @Override
  public Optional<Camera> find(String cameraId) {
    return database.read("find camera " + cameraId, handle -> find(handle, cameraId));
  }

  @Override
  public List<Camera> all() {
    return database.read("list the cameras",
        handle -> handle.createQuery(CameraRows.COLUMNS + "ORDER BY id")
            .map((row, _) -> CameraRows.camera(row))
            .list());
  }

  @Override
  public Page<Camera> list(@Nullable Long before, int limit) {
    int count = Pages.rows(limit);
    var rows = database.read("list the cameras",
        handle -> handle.createQuery(CameraRows.COLUMNS + "AND number < ? ORDER BY number DESC LIMIT ?")
            .bind(0, Pages.below(before))
            .bind(1, count)
            .map((row, _) -> new Numbered(row.getLong("number"), CameraRows.camera(row)))
            .list());
    var page = Pages.of(rows, limit, Numbered::number);
    return new Page<>(page.items().stream().map(Numbered::camera).toList(), page.next());
  }

  @Override
  public void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt) {
    int changed = database.write("set the status of camera " + cameraId, handle -> handle
        .createUpdate("UPDATE cameras SET status = ?, last_seen_at = coalesce(?, last_seen_at)" + STILL_THERE)
        .bind(0, status.wireName())
        .bind(1, SqlTime.textOrNull(lastSeenAt))
        .bind(2, cameraId)
        .execute());
    if (changed == 0) {
      throw new StoreException("Could not set the status of camera " + cameraId + ": there is no such camera");
    }
  }

  private static Optional<Camera> find(Handle handle, String cameraId) {
    return handle.createQuery(CameraRows.COLUMNS + "AND id = ?")
        .bind(0, cameraId)
        .map((row, _) -> CameraRows.camera(row))
        .findOne();
  }

  /** A camera with the number that pages are cut by, since its id is a text. */
  private record Numbered(long number, Camera camera) {}
}
