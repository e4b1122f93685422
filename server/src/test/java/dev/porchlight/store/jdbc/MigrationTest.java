package dev.porchlight.store.jdbc;

import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.porchlight.store.jdbc.TestStore.CAMERA;
import static dev.porchlight.store.jdbc.TestStore.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A database that has been in use goes through the third migration, which makes the table of frames anew. */
final class MigrationTest {
  private static final List<String> BEFORE = List.of("V1__cameras_frames_batches_detections_events.sql",
      "V2__journal.sql");
  private static final int FRAMES = 500;

  @TempDir
  private Path home;

  @Test
  void everyRowEveryIdAndEveryReferenceIsThereAfterwards() throws IOException {
    fill();
    List<List<String>> before = rows("SELECT * FROM frames ORDER BY id");

    try (var store = TestStore.open(data())) {
      assertThat(rows(store, "SELECT * FROM frames ORDER BY id")).hasSize(FRAMES).isEqualTo(before);
      assertThat(store.count("SELECT count(*) FROM detections")).isEqualTo(FRAMES / 2);
      assertThat(store.count("SELECT count(*) FROM detections JOIN frames ON frames.id = frame_id"))
          .isEqualTo(FRAMES / 2);
      assertThat(store.count("SELECT count(*) FROM pragma_foreign_key_check")).isZero();
      assertThat(store.frames.waiting()).hasSize(FRAMES / 2);
      assertThat(new JdbcCameraStore(store.database).find(CAMERA)).get()
          .satisfies(camera -> assertThat(camera.name()).isEqualTo("Porch"))
          .satisfies(camera -> assertThat(camera.settings()).isEqualTo(CameraSettings.STANDARD));
    }
  }

  /** The last frame is gone, with it the highest id: but an id that was given once is not given again. */
  @Test
  void idsGoOnWhereTheyWereThoughTheLastRowsAreGone() throws IOException {
    fill();
    onVersion2("DELETE FROM frames WHERE id > " + (FRAMES - 10) + " AND state = 'waiting'");

    try (var store = TestStore.open(data())) {
      assertThat(store.take(4_711).id()).isEqualTo(FRAMES + 1);
    }
  }

  @Test
  void idsGoOnWhereTheyWereThoughAllRowsAreGone() throws IOException {
    fill();
    onVersion2("DELETE FROM detections", "DELETE FROM frames");

    try (var store = TestStore.open(data())) {
      assertThat(store.take(4_711).id()).isEqualTo(FRAMES + 1);
    }
  }

  @Test
  void foreignKeysHoldAgainAfterwardsAndTheIndicesAreThere() throws IOException {
    fill();

    try (var store = TestStore.open(data())) {
      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> store.execute("DELETE FROM frames"))
          .withMessageContaining("FOREIGN KEY");
      assertThat(rows(store, "SELECT name FROM sqlite_schema WHERE type = 'index' AND sql IS NOT NULL ORDER BY name"))
          .flatExtracting(row -> row)
          .contains("frames_waiting", "frames_done", "frames_latest", "detections_of_frame", "detections_of_batch");
      store.frames.finish(store.frames.waiting().getFirst().id(), FrameState.DROPPED, "newer ones came");
      store.execute("UPDATE frames SET source = '" + FrameSource.STREAM.wireName() + "' WHERE id = 1");
    }
  }

  @Test
  void aReferenceThatLeadsNowhereStopsTheMigrationAndTheOldDatabaseStaysInUse() throws IOException, SQLException {
    fill();
    withoutForeignKeys("DELETE FROM frames WHERE id = 1");

    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> TestStore.open(data()).close())
        .withMessageContaining("found = 0")
        .withMessageNotContaining("\n");

    assertThat(rows("SELECT count(*) FROM frames")).containsExactly(List.of(String.valueOf(FRAMES - 1)));
  }

  private void fill() throws IOException {
    onVersion2("INSERT INTO cameras (id, name, status, created_at)"
        + " VALUES ('cam-123', 'Porch', 'online', '2025-12-23T12:00:00.000000Z')",
        """
        WITH RECURSIVE numbers (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM numbers WHERE n < %d)
        INSERT INTO frames (camera_id, source, path, size, modified_at, sha256, captured_at, arrived_at, state, tries,
          reason, finished_at)
        SELECT id, iif(n %% 3, 'folder', 'http'), '/pictures/' || n || '.jpg', 1000 + n, created_at,
          printf('%%064d', n), created_at, created_at, iif(n %% 2, 'done', 'waiting'), n %% 2, '',
          iif(n %% 2, created_at, NULL)
        FROM cameras, numbers""".formatted(FRAMES),
        "INSERT INTO batches (camera_id, state, first_at, last_at) SELECT id, 'open', created_at, created_at FROM cameras",
        """
        INSERT INTO detections (frame_id, batch_id, camera_id, object_type, confidence, detected_at, bbox_x, bbox_y,
          bbox_width, bbox_height)
        SELECT id, 1, camera_id, '%s', %s, captured_at, 1, 2, 3, 4 FROM frames WHERE state = 'done'"""
            .formatted(PERSON.objectType(), PERSON.confidence()));
  }

  private void onVersion2(String... statements) throws IOException {
    try (var folder = DataFolder.open(data());
        var database = SqliteDatabase.open(folder, TestStore.CLOCK, version2())) {
      for (var statement : statements) {
        var _ = database.write("fill", handle -> handle.execute(statement));
      }
    }
  }

  private void withoutForeignKeys(String sql) throws SQLException {
    try (var connection = Sources.migrating(data().resolve(SqliteDatabase.FILE)).getConnection();
        var statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private List<List<String>> rows(String sql) throws IOException {
    try (var folder = DataFolder.open(data());
        var database = SqliteDatabase.open(folder, TestStore.CLOCK, version2())) {
      return rows(database, sql);
    }
  }

  private static List<List<String>> rows(TestStore store, String sql) {
    return rows(store.database, sql);
  }

  private static List<List<String>> rows(SqliteDatabase database, String sql) {
    return database.read("test", handle -> handle.createQuery(sql).map((row, _) -> {
      var values = new ArrayList<String>();
      for (int column = 1; column <= row.getMetaData().getColumnCount(); column++) {
        values.add(String.valueOf(row.getString(column)));
      }
      return List.copyOf(values);
    }).list());
  }

  private Schema version2() throws IOException {
    var folder = Files.createDirectories(home.resolve("second"));
    for (var migration : BEFORE) {
      try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream("/db/migration/" + migration))) {
        Files.write(folder.resolve(migration), in.readAllBytes());
      }
    }
    return new Schema(2, List.of("filesystem:" + folder));
  }

  private Path data() {
    return home.resolve("data");
  }
}
