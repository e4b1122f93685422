package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Batch;
import dev.porchlight.store.AnalysisStore;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The analyses in SQLite. Thread-safe. */
public final class JdbcAnalysisStore implements AnalysisStore {
  private final SqliteDatabase database;

  public JdbcAnalysisStore(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<Analysis> ofBatch(long batchId) {
    return database.read("list the analyses of batch " + batchId,
        handle -> handle.createQuery("SELECT * FROM analyses WHERE batch_id = ? ORDER BY id")
            .bind(0, batchId)
            .map((row, _) -> AnalysisRows.analysis(row))
            .list());
  }

  @Override
  public void failed(long batchId, Analysis analysis, boolean counts, int mostTries) {
    var _ = database.write("store a failed analysis of batch " + batchId, handle -> {
      AnalysisRows.insert(handle, batchId, analysis);
      return counts
          ? handle.execute("UPDATE reanalyses SET tries = tries + 1,"
              + " state = CASE WHEN tries + 1 >= ? THEN 'set_aside' ELSE state END WHERE batch_id = ?", mostTries,
              batchId)
          : 0;
    });
  }

  @Override
  public List<Batch> waiting(int limit) {
    return database.read("list the batches to analyse again",
        handle -> handle
            .createQuery(BatchRows.COLUMNS + "WHERE state = 'judged' AND id IN"
                + " (SELECT batch_id FROM reanalyses WHERE state = 'waiting' ORDER BY batch_id DESC LIMIT ?)"
                + " ORDER BY id DESC")
            .bind(0, limit)
            .map((row, _) -> BatchRows.batch(row))
            .list());
  }

  @Override
  public Optional<Pending> pending(long batchId) {
    return database.read("find what batch " + batchId + " waits for",
        handle -> handle.createQuery("SELECT tries, state FROM reanalyses WHERE batch_id = ?")
            .bind(0, batchId)
            .map((row, _) -> new Pending(row.getInt("tries"), row.getString("state").equals("set_aside")))
            .findOne());
  }

  @Override
  public Backlog backlog() {
    return database.read("count the batches to analyse again",
        handle -> handle.createQuery("""
                                     SELECT count(*) FILTER (WHERE state = 'waiting') AS waiting,
                                       min(since) FILTER (WHERE state = 'waiting') AS oldest,
                                       count(*) FILTER (WHERE state = 'set_aside') AS set_aside
                                     FROM reanalyses""").map((row, _) -> {
          Instant oldest = SqlTime.parseOrNull(row.getString("oldest"));
          return new Backlog(row.getInt("waiting"), oldest == null ? Instant.EPOCH : oldest, row.getInt("set_aside"));
        }).one());
  }
}
