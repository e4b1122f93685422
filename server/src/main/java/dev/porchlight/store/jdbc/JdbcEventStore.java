package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Verdict;
import dev.porchlight.store.EventStore;
import dev.porchlight.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The events in SQLite. Thread-safe. */
public final class JdbcEventStore implements EventStore {
  private static final String COLUMNS = "SELECT * FROM events WHERE id < :before";
  private static final String OF_CAMERA = " AND camera_id = :camera";
  private static final String ORDER = " ORDER BY id DESC LIMIT :rows";

  private final SqliteDatabase database;
  private final JdbcJournal journal;

  /** Keeps events in {@code database}, and tells {@code journal}, of the same database, of every new one. */
  public JdbcEventStore(SqliteDatabase database, JdbcJournal journal) {
    this.database = database;
    this.journal = journal;
  }

  @Override
  public Optional<StoredEvent> add(Batch batch, Verdict verdict, RiskLevel level, Instant at) {
    return journal.write("store the event of batch " + batch.id(), (handle, entries) -> {
      requireClosed(handle, batch.id());
      var event = insert(handle, batch.id(), verdict, level, at);
      event.ifPresent(stored -> {
        handle.execute("UPDATE batches SET state = 'judged' WHERE id = ?", batch.id());
        entries.newEvent(stored.event());
      });
      return event;
    });
  }

  @Override
  public Optional<StoredEvent> find(long id) {
    return database.read("find event " + id, handle -> handle.createQuery("SELECT * FROM events WHERE id = ?")
        .bind(0, id)
        .map((row, _) -> stored(row))
        .findOne());
  }

  @Override
  public Page<StoredEvent> list(@Nullable String cameraId, @Nullable Long before, int limit) {
    int count = Pages.rows(limit);
    var rows = database.read("list events", handle -> {
      var query = handle.createQuery(COLUMNS + (cameraId == null ? "" : OF_CAMERA) + ORDER)
          .bind("before", Pages.below(before))
          .bind("rows", count);
      if (cameraId != null) {
        query.bind("camera", cameraId);
      }
      return query.map((row, _) -> stored(row)).list();
    });
    return Pages.of(rows, limit, stored -> stored.event().id());
  }

  private static void requireClosed(Handle handle, long batchId) {
    var closed = handle.createQuery("SELECT count(*) FROM batches WHERE id = ? AND state <> 'open'").bind(0, batchId);
    if (closed.mapTo(Integer.class).one() == 0) {
      throw new StoreException("Could not store the event of batch " + batchId + ": it is no closed batch");
    }
  }

  /** Start and end are read from the batch's row: the caller's record may have been made before a late detection. */
  private static Optional<StoredEvent> insert(Handle handle, long batchId, Verdict verdict, RiskLevel level,
      Instant at) {
    return handle
        .createQuery(
            """
            INSERT INTO events (batch_id, camera_id, risk_score, risk_level, summary, reasoning, started_at, ended_at,
              analyst, created_at)
            SELECT id, camera_id, :score, :level, :summary, :reasoning, first_at, last_at, :analyst, :at
            FROM batches WHERE id = :batch
            ON CONFLICT (batch_id) DO NOTHING RETURNING *""")
        .bind("batch", batchId)
        .bind("score", verdict.riskScore())
        .bind("level", level.wireName())
        .bind("summary", verdict.summary())
        .bind("reasoning", verdict.reasoning())
        .bind("analyst", verdict.analyst())
        .bind("at", SqlTime.text(at))
        .map((row, _) -> stored(row))
        .findOne();
  }

  private static StoredEvent stored(ResultSet row) throws SQLException {
    var event = new NewEvent(row.getLong("id"), row.getString("camera_id"), row.getInt("risk_score"),
        RiskLevel.ofWireName(row.getString("risk_level")), row.getString("summary"), row.getString("reasoning"),
        SqlTime.parse(row.getString("started_at")), SqlTime.parse(row.getString("ended_at")));
    return new StoredEvent(event, row.getLong("batch_id"), row.getString("analyst"),
        SqlTime.parse(row.getString("created_at")));
  }
}
