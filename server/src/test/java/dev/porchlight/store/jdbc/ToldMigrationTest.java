package dev.porchlight.store.jdbc;

import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.JournalEntry.Change;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A database that has been in use goes through the sixth migration.
 */
final class ToldMigrationTest {
  private static final List<String> BEFORE = List.of("V1__cameras_frames_batches_detections_events.sql",
      "V2__journal.sql", "V3__cameras_settings_clips.sql", "V4__ftp_accounts.sql", "V5__verdicts.sql");
  private static final String AT = "'2025-12-23T12:00:00.000000Z'";
  private static final int PRUNED = 3;

  @TempDir
  private Path home;

  @Test
  void everyRowIsKeptAndSaysWhatWasTold() throws IOException {
    fill();

    try (var store = TestStore.open(home.resolve("data"))) {
      // Event 1 fell from 70 to 20; of event 2 no message is held; event 3 rose from 40 to 90, and its first message is
      // forgotten.
      assertThat(store.texts("SELECT id || ' ' || risk_score || ' ' || told FROM events ORDER BY id"))
          .containsExactly("1 20 70", "2 55 55", "3 90 90");
      List<JournalEntry> rows = store.journal.read(0, 100);
      assertThat(rows).extracting(JournalEntry::seq).containsExactly(4L, 5L, 6L, 7L, 8L);
      assertThat(rows).extracting(JournalEntry::type)
          .containsExactly("new_event", "event_updated", "detection", "event_updated", "event_updated");
      assertThat(rows).allSatisfy(row -> assertThat(text(row.message())).isEqualTo("{\"seq\":" + row.seq() + "}"));
      assertThat(rows).extracting(JournalEntry::riskScore).containsExactly(70, 20, null, 60, 90);
      assertThat(rows.get(0).change()).isNull();
      assertThat(rows.get(2).change()).isNull();
      assertOld(rows.get(1), 70);
      assertOld(rows.get(3), 60);
      assertOld(rows.get(4), 60);
      assertThat(store.texts("SELECT told FROM journal WHERE type = 'detection'")).containsOnlyNulls();
      assertThat(store.texts("SELECT told FROM journal WHERE type = 'new_event'")).containsExactly("-1");
      assertThat(store.journal.head()).isEqualTo(8);
    }
  }

  /** The text of an old update is what those with numbers get; nobody gets it as a new event. */
  private static void assertOld(JournalEntry row, int told) {
    Change change = Objects.requireNonNull(row.change());
    assertThat(change.told()).as("told before " + row.seq()).isEqualTo(told);
    assertThat(change.isLate()).isTrue();
    assertThat(change.rose()).isFalse();
    assertThat(change.updated()).isEqualTo(row.message());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private void fill() throws IOException {
    onVersion5("INSERT INTO cameras (id, name, status, created_at) VALUES ('cam-123', 'Porch', 'online', " + AT + ")",
        "INSERT INTO batches (id, camera_id, state, first_at, last_at, closed_at) SELECT value, 'cam-123', 'judged', "
            + AT
            + ", " + AT + ", " + AT + " FROM json_each('[1,2,3]')",
        """
        INSERT INTO events (id, batch_id, camera_id, risk_score, risk_level, summary, reasoning, started_at, ended_at, analyst,
          created_at)
        SELECT id, id, camera_id, iif(id = 1, 20, iif(id = 2, 55, 90)), 'low', '', '', first_at, last_at, 'rules', first_at
        FROM batches""",
        row(1, "new_event", 2, 55), row(2, "new_event", 3, 40), row(3, "detection", 3, null),
        row(4, "new_event", 1, 70), row(5, "event_updated", 1, 20), row(6, "detection", 1, null),
        row(7, "event_updated", 3, 60), row(8, "event_updated", 3, 90), "DELETE FROM journal WHERE seq <= " + PRUNED,
        "INSERT INTO journal_epoch (number, epoch, last_seq) VALUES (1, 'e1', 8)");
  }

  private static String row(int seq, String type, int ref, @Nullable Integer score) {
    return "INSERT INTO journal (seq, type, ref, camera_id, risk_score, message, written_at) VALUES (" + seq + ", '"
        + type
        + "', " + ref + ", 'cam-123', " + score + ", '{\"seq\":" + seq + "}', " + AT + ")";
  }

  private void onVersion5(String... statements) throws IOException {
    var folder = Files.createDirectories(home.resolve("fifth"));
    for (var migration : BEFORE) {
      try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream("/db/migration/" + migration))) {
        Files.write(folder.resolve(migration), in.readAllBytes());
      }
    }
    try (var data = DataFolder.open(home.resolve("data"));
        var database = SqliteDatabase.open(data, TestStore.CLOCK, new Schema(5, List.of("filesystem:" + folder)))) {
      for (var statement : statements) {
        var _ = database.write("fill", handle -> handle.execute(statement));
      }
    }
  }
}
