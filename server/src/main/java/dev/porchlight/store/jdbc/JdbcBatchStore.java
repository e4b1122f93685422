package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Detection;
import dev.porchlight.store.BatchStore;
import java.util.List;
import java.util.Optional;

/** The batches in SQLite. Thread-safe. */
public final class JdbcBatchStore implements BatchStore {
  private final SqliteDatabase database;

  public JdbcBatchStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Batch> open() {
    return database.read("list the open batches",
        handle -> handle.createQuery(BatchRows.COLUMNS + "WHERE state = 'open' ORDER BY camera_id")
            .map((row, _) -> BatchRows.batch(row))
            .list());
  }

  @Override
  public void close(long batchId) {
    var _ = database.write("close batch " + batchId, handle -> BatchRows.close(handle, batchId, database.now()));
  }

  @Override
  public List<Batch> unjudged() {
    return database.read("list the batches without an event",
        handle -> handle.createQuery(BatchRows.COLUMNS + "WHERE state = 'closed' ORDER BY id")
            .map((row, _) -> BatchRows.batch(row))
            .list());
  }

  @Override
  public Optional<Batch> find(long batchId) {
    return database.read("find batch " + batchId, handle -> handle.createQuery(BatchRows.COLUMNS + "WHERE id = ?")
        .bind(0, batchId)
        .map((row, _) -> BatchRows.batch(row))
        .findOne());
  }

  @Override
  public List<Detection> detections(long batchId) {
    return database.read("list the detections of batch " + batchId,
        handle -> handle
            .createQuery("SELECT * FROM detections WHERE batch_id = ? ORDER BY detected_at, id")
            .bind(0, batchId)
            .map((row, _) -> DetectionRows.detection(row))
            .list());
  }
}
