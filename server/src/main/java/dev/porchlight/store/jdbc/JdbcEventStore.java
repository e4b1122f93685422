package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.store.EventStore;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.IntFunction;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The events in SQLite. Thread-safe. */
public final class JdbcEventStore implements EventStore {
  private static final String COLUMNS = "SELECT * FROM events WHERE id < :before";
  private static final String OF_CAMERA = " AND camera_id = :camera";
  private static final String ORDER = " ORDER BY id DESC LIMIT :rows";

  private final SqliteDatabase database;
  private final JdbcJournal journal;
  private final EventTelling telling;

  /**
   * Keeps events in {@code database}, and tells {@code journal}, of the same database, of every change.
   *
   * @param levelOf the level of a score from 0 to 100
   */
  public JdbcEventStore(SqliteDatabase database, JdbcJournal journal, IntFunction<RiskLevel> levelOf) {
    this.database = database;
    this.journal = journal;
    this.telling = new EventTelling(levelOf);
  }

  @Override
  public Judged judge(Batch batch, Judgement judgement, Instant at) {
    return journal.write("store the event of batch " + batch.id(), (handle, entries) -> {
      if (judgement.isFinal()) {
        requireClosed(handle, batch.id());
      }
      Optional<StoredEvent> before = EventRows.ofBatch(handle, batch.id());
      StoredEvent after = before.isPresent()
          ? EventRows.update(handle, before.get().event().id(), batch.id(), judgement)
          : EventRows.insert(handle, batch.id(), judgement, at)
              .orElseThrow(() -> new StoreException(
                  "Could not store the event of batch " + batch.id() + ": there is no such batch"));
      if (judgement.isFinal()) {
        handle.execute("UPDATE batches SET state = 'judged' WHERE id = ? AND state = 'closed'", batch.id());
      }
      judgement.analyses().forEach(analysis -> AnalysisRows.insert(handle, batch.id(), analysis));
      AnalysisRows.again(handle, batch.id(), judgement.retry(), at);
      telling.tell(handle, entries, after, database.time());
      return new Judged(after, before.isEmpty());
    });
  }

  @Override
  public Optional<StoredEvent> review(long id, UnaryOperator<EventReview> change) {
    return journal.write("review event " + id, (handle, entries) -> {
      Optional<StoredEvent> before = find(handle, id);
      if (before.isEmpty()) {
        return before;
      }
      StoredEvent after = EventRows.review(handle, id, change.apply(before.get().review()));
      telling.tell(handle, entries, after, database.time());
      return Optional.of(after);
    });
  }

  @Override
  public Optional<StoredEvent> find(long id) {
    return database.read("find event " + id, handle -> find(handle, id));
  }

  @Override
  public Optional<StoredEvent> ofBatch(long batchId) {
    return database.read("find the event of batch " + batchId, handle -> EventRows.ofBatch(handle, batchId));
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
      return query.map((row, _) -> EventRows.stored(row)).list();
    });
    return Pages.of(rows, limit, stored -> stored.event().id());
  }

  private static void requireClosed(Handle handle, long batchId) {
    var closed = handle.createQuery("SELECT count(*) FROM batches WHERE id = ? AND state <> 'open'").bind(0, batchId);
    if (closed.mapTo(Integer.class).one() == 0) {
      throw new StoreException("Could not store the event of batch " + batchId + ": it is no closed batch");
    }
  }

  private static Optional<StoredEvent> find(Handle handle, long id) {
    return handle.createQuery("SELECT * FROM events WHERE id = ?")
        .bind(0, id)
        .map((row, _) -> EventRows.stored(row))
        .findOne();
  }
}
