package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Frame;
import dev.porchlight.store.FrameStore;
import java.util.List;

/** The frames in SQLite, for those who look back. Thread-safe. */
public final class JdbcFrameStore implements FrameStore {
  private final SqliteDatabase database;
  private final FrameRows rows;

  public JdbcFrameStore(SqliteDatabase database) {
    this.database = database;
    this.rows = new FrameRows(database.paths());
  }

  @Override
  public List<Frame> latest(String cameraId, int limit) {
    Pages.requireLimit(limit);
    return database.read("find the latest frames of camera " + cameraId,
        handle -> rows.latest(handle, cameraId, limit));
  }
}
