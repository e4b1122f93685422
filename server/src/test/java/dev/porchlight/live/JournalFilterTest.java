package dev.porchlight.live;

import dev.porchlight.engine.Selection;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The filter of a replay is written twice: once for messages, once in SQL. They agree on every kind of row. Seen to fail
 * with a comparison of the SQL turned round, and without its look at {@code late}.
 */
class JournalFilterTest {
  private static final int ALL = 2_000;
  /** Events of all kinds around the bounds that the filters have, each late and in time, and detections; of two cameras. */
  private static final String ROWS = """
                                     WITH scores (score) AS (VALUES (0), (29), (30), (60), (61), (100)),
                                       tolds (told) AS (VALUES (-1), (0), (29), (30), (60), (61), (100)),
                                       cameras (camera) AS (VALUES ('front'), ('back')),
                                       kinds (type, told, score, late) AS (
                                         SELECT 'detection', NULL, NULL, 0
                                         UNION ALL SELECT 'new_event', told, score, 0 FROM scores, tolds WHERE told < 0
                                         UNION ALL SELECT 'event_updated', told, score, late
                                           FROM scores, tolds, (SELECT 0 AS late UNION SELECT 1) WHERE told >= 0)
                                     INSERT INTO journal (seq, type, ref, camera_id, risk_score, message, told, updated, late, written_at)
                                     SELECT row_number() OVER (), type, 1, camera, score, '{}', told,
                                       iif(told >= 0, '{}', NULL), late, '2025-12-23T12:00:00.000000Z' FROM kinds, cameras""";

  @TempDir
  private Path home;

  @Test
  void theStoreLeavesOutExactlyWhatAClientDoesNotGet() throws SQLException {
    try (var folder = DataFolder.open(home.resolve("data"));
        var database = SqliteDatabase.open(folder, Clock.systemUTC())) {
      var _ = new JdbcJournal(database, new Messages());
      try (var connection = DriverManager.getConnection("jdbc:sqlite:" + folder.path().resolve(SqliteDatabase.FILE));
          var statement = connection.createStatement()) {
        statement.execute(ROWS);
        statement.execute("UPDATE journal_epoch SET last_seq = (SELECT max(seq) FROM journal)");
      }
      var journal = new JdbcJournal(database, new Messages());
      List<JournalEntry> rows = journal.read(0, ALL);
      assertThat(rows).hasSize(2 * (1 + 6 + 6 * 6 * 2));

      for (Set<String> types : List.of(Set.<String>of(), Set.of("new_event"), Set.of("event_updated"),
          Set.of("detection"), Set.of("detection", "event_updated"), Set.of("new_event", "event_updated"))) {
        for (Set<String> cameras : List.of(Set.<String>of(), Set.of("front"), Set.of("front", "back"),
            Set.of("other"))) {
          for (int minRisk : new int[]{0, 1, 29, 30, 60, 61, 100}) {
            agree(journal, rows, new FeedFilter(types, cameras, minRisk));
          }
        }
      }
    }
  }

  private static void agree(Journal journal, List<JournalEntry> rows, FeedFilter filter) {
    Journal.Stretch stretch = Objects.requireNonNull(journal.read(0, ALL, filter.ofJournal()));

    assertThat(stretch.to()).isEqualTo(rows.size());
    assertThat(stretch.entries().stream().map(JournalEntry::seq)).as(filter.toString())
        .containsExactlyElementsOf(rows.stream()
            .filter(row -> filter.numbered(Messages.of(row).label()) != Selection.NOTHING)
            .map(JournalEntry::seq)
            .toList());
  }
}
