package dev.porchlight.store.jdbc;

import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/** The rows of events, inside a transaction of the caller. */
final class EventRows {
  private EventRows() {}

  static Optional<StoredEvent> ofBatch(Handle handle, long batchId) {
    return handle.createQuery("SELECT * FROM events WHERE batch_id = ?")
        .bind(0, batchId)
        .map((row, _) -> stored(row))
        .findOne();
  }

  /** Start and end are read from the batch's row: the caller's record may have been made before a late detection. */
  static Optional<StoredEvent> insert(Handle handle, long batchId, Judgement judgement, Instant at) {
    return said(
        handle.createQuery("""
                           INSERT INTO events (batch_id, camera_id, risk_score, risk_level, summary, reasoning,
                             started_at, ended_at, analyst, subject, created_at)
                           SELECT id, camera_id, :score, :level, :summary, :reasoning, first_at, last_at, :analyst,
                             :subject, :at
                           FROM batches WHERE id = :batch RETURNING *"""), judgement)
        .bind("batch", batchId)
        .bind("at", SqlTime.text(at))
        .map((row, _) -> stored(row))
        .findOne();
  }

  /** Gives an event another verdict, and the times that its batch now has. */
  static StoredEvent update(Handle handle, long id, long batchId, Judgement judgement) {
    return said(handle.createQuery("""
                                   UPDATE events SET risk_score = :score, risk_level = :level, summary = :summary,
                                     reasoning = :reasoning, analyst = :analyst, subject = :subject,
                                     started_at = (SELECT first_at FROM batches WHERE id = :batch),
                                     ended_at = (SELECT last_at FROM batches WHERE id = :batch)
                                   WHERE id = :id RETURNING *"""), judgement)
        .bind("id", id)
        .bind("batch", batchId)
        .map((row, _) -> stored(row))
        .one();
  }

  static StoredEvent review(Handle handle, long id, EventReview review) {
    Opinion opinion = review.verdict();
    return handle.createQuery("UPDATE events SET reviewed = ?, verdict = ?, notes = ? WHERE id = ? RETURNING *")
        .bind(0, review.reviewed() ? 1 : 0)
        .bind(1, opinion == null ? null : opinion.wireName())
        .bind(2, review.notes())
        .bind(3, id)
        .map((row, _) -> stored(row))
        .one();
  }

  static StoredEvent stored(ResultSet row) throws SQLException {
    var event = new NewEvent(row.getLong("id"), row.getString("camera_id"), row.getInt("risk_score"),
        RiskLevel.ofWireName(row.getString("risk_level")), row.getString("summary"), row.getString("reasoning"),
        SqlTime.parse(row.getString("started_at")), SqlTime.parse(row.getString("ended_at")));
    String opinion = row.getString("verdict");
    var review = new EventReview(row.getBoolean("reviewed"),
        opinion == null ? null : Opinion.ofWireName(opinion).orElseThrow(), row.getString("notes"));
    return new StoredEvent(event, row.getLong("batch_id"), row.getString("analyst"),
        SqlTime.parse(row.getString("created_at")), review);
  }

  private static Query said(Query query, Judgement judgement) {
    return query.bind("score", judgement.verdict().riskScore())
        .bind("level", judgement.level().wireName())
        .bind("summary", judgement.verdict().summary())
        .bind("reasoning", judgement.verdict().reasoning())
        .bind("analyst", judgement.verdict().analyst())
        .bind("subject", judgement.subject().name().toLowerCase(Locale.ROOT));
  }
}
