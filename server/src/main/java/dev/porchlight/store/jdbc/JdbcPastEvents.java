package dev.porchlight.store.jdbc;

import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.PastEvent;
import dev.porchlight.store.PastEvents;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** What cameras have seen before, in SQLite. Thread-safe. */
public final class JdbcPastEvents implements PastEvents {
  private final SqliteDatabase database;

  public JdbcPastEvents(SqliteDatabase database) {
    this.database = database;
  }

  @Override
  public List<PastEvent> ofCamera(String cameraId, Instant since, Instant until, int limit) {
    return database.read("list what camera " + cameraId + " has seen before",
        handle -> handle.createQuery("""
                                     SELECT subject, started_at, risk_score, verdict FROM events
                                     WHERE camera_id = ? AND started_at >= ? AND started_at < ? AND subject IS NOT NULL
                                     ORDER BY started_at DESC LIMIT ?""")
            .bind(0, cameraId)
            .bind(1, SqlTime.text(since))
            .bind(2, SqlTime.text(until))
            .bind(3, limit)
            .map((row, _) -> past(row))
            .list());
  }

  private static PastEvent past(ResultSet row) throws SQLException {
    String opinion = row.getString("verdict");
    return new PastEvent(ObjectGroup.valueOf(row.getString("subject").toUpperCase(Locale.ROOT)),
        SqlTime.parse(row.getString("started_at")), row.getInt("risk_score"),
        opinion == null ? null : Opinion.ofWireName(opinion).orElseThrow());
  }
}
