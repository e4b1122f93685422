package dev.porchlight.store.jdbc;

import dev.porchlight.store.Journal.Stretch;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.JournalFilter;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Reads the journal, by a connection of the caller. */
final class JournalQuery {
  /** Numbers looked at by one reading with a filter: some milliseconds. */
  private static final int STRETCH = 2_000;

  /** What {@link JournalFilter} says; an event that nobody was told of has a told of −1 and is never late. */
  private static final String FILTERED = """
                                         SELECT * FROM journal
                                         WHERE seq > :after AND seq <= :to
                                           AND (:cameras IS NULL OR camera_id IN (SELECT value FROM json_each(:cameras)))
                                           AND CASE
                                             WHEN told IS NULL THEN :types IS NULL OR type IN (SELECT value FROM json_each(:types))
                                             WHEN told < :risk AND risk_score >= :risk AND NOT late THEN :new
                                             ELSE :updated AND max(told, risk_score) >= :risk END
                                         ORDER BY seq LIMIT :limit""";

  private JournalQuery() {}

  static List<JournalEntry> all(Handle handle, long after, int limit) {
    return handle.createQuery("SELECT * FROM journal WHERE seq > ? ORDER BY seq LIMIT ?")
        .bind(0, after)
        .bind(1, limit)
        .map((row, _) -> entry(row))
        .list();
  }

  /** As {@link dev.porchlight.store.Journal#read(long, int, JournalFilter)}. */
  static @Nullable Stretch filtered(Handle handle, long after, int limit, JournalFilter filter) {
    // In this order, for each statement sees another moment. Rows come at one end and go at the other: up to the last row
    // that was there before, everything is found, if the row after the number asked for is still there afterwards.
    long to = handle.createQuery("SELECT coalesce(max(seq), 0) FROM journal WHERE seq <= ?")
        .bind(0, after + STRETCH)
        .mapTo(Long.class)
        .one();
    List<JournalEntry> found = find(handle, after, to, limit, filter);
    if (Numbering.find(handle).orElseThrow().first() > after + 1) {
      return null;
    }
    return new Stretch(found, found.size() == limit ? found.getLast().seq() : Math.max(after, to));
  }

  private static List<JournalEntry> find(Handle handle, long after, long to, int limit, JournalFilter filter) {
    Set<String> types = filter.types();
    return handle.createQuery(FILTERED)
        .bind("after", after)
        .bind("to", to)
        .bind("limit", limit)
        .bind("cameras", json(filter.cameras()))
        .bind("types", json(types))
        .bind("risk", filter.minRisk())
        .bind("new", types.isEmpty() || types.contains("new_event") ? 1 : 0)
        .bind("updated", types.isEmpty() || types.contains("event_updated") ? 1 : 0)
        .map((row, _) -> entry(row))
        .list();
  }

  /** A list in JSON of names that need no escapes; null for none. */
  private static @Nullable String json(Set<String> names) {
    return names.isEmpty() ? null : names.stream().collect(Collectors.joining("\",\"", "[\"", "\"]"));
  }

  private static JournalEntry entry(ResultSet row) throws SQLException {
    int score = row.getInt("risk_score");
    @Nullable
    Integer riskScore = row.wasNull() ? null : score;
    byte[] updated = row.getBytes("updated");
    return new JournalEntry(row.getLong("seq"), row.getString("type"), row.getLong("ref"), row.getString("camera_id"),
        riskScore, row.getBytes("message"),
        updated == null
            ? null
            : new JournalEntry.Change(row.getInt("told"), row.getBoolean("rose"), row.getBoolean("late"), updated),
        SqlTime.parse(row.getString("written_at")));
  }
}
