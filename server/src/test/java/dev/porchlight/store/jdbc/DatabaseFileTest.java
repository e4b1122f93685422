package dev.porchlight.store.jdbc;

import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.DriverManager;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.porchlight.store.jdbc.TestStore.PERSON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** Which files are refused at start, what is said, and what is kept before a file is changed. */
final class DatabaseFileTest {
  private static final int PAGE = 4_096;

  @TempDir
  private Path home;
  private Path data;
  private Path file;

  @BeforeEach
  void nameTheFile() {
    data = home.resolve("data");
    file = data.resolve("porchlight.db");
  }

  @Test
  void theSchemaVersionOfTheCodeIsThatOfTheLastMigration() {
    try (var store = TestStore.open(data)) {
      assertThat(version(store)).isEqualTo(Schema.CURRENT.version());
    }
  }

  @Test
  void aFileFullOfGarbageIsRefusedAndLeftAlone() throws IOException {
    Files.createDirectories(data);
    Files.writeString(file, "not a database\n".repeat(1_000));
    var before = Files.readAllBytes(file);

    refused(Schema.CURRENT, "is not a SQLite database", "restore a backup or move the file away");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aFileThatEndsWithinItsHeaderIsRefused() throws IOException {
    Files.createDirectories(data);
    Files.writeString(file, "SQLite format 3\0", StandardCharsets.US_ASCII);

    refused(Schema.CURRENT, "restore a backup or move the file away");
  }

  @Test
  void anEmptyFileIsANewDatabase() throws IOException {
    Files.createDirectories(data);
    Files.createFile(file);

    try (var store = TestStore.open(data)) {
      assertThat(store.frames.waiting()).isEmpty();
    }
  }

  @Test
  void aDamagedPageIsRefusedWhereverItIs() throws IOException {
    try (var store = TestStore.open(data)) {
      for (int i = 0; i < 100; i++) {
        store.take(i);
      }
    }
    var whole = Files.readAllBytes(file);
    var noise = new byte[PAGE];
    Arrays.fill(noise, (byte) 0x5a);
    int pages = whole.length / PAGE;
    assertThat(pages).isGreaterThan(20);

    for (int page = 1; page < pages; page++) {
      Files.write(file, whole);
      try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(noise), (long) page * PAGE);
      }
      refused(Schema.CURRENT, "is damaged", "restore a backup or move the file away");
    }
  }

  @Test
  void aFileCutShortIsRefused() throws IOException {
    try (var store = TestStore.open(data)) {
      store.frames.complete(store.take(1), List.of(PERSON), null, null);
    }
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() / 2 / PAGE * PAGE);
    }

    refused(Schema.CURRENT, "is damaged");
  }

  @Test
  void theDatabaseOfAnotherProgramIsRefusedAndLeftAlone() throws Exception {
    Files.createDirectories(data);
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("CREATE TABLE recipes (name TEXT)");
    }
    var before = Files.readAllBytes(file);

    refused(Schema.CURRENT, "is the database of another program");

    assertThat(file).hasBinaryContent(before);
  }

  @Test
  void aNewerSchemaIsRefusedWithBothVersions() throws IOException {
    TestStore.open(data, later("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT;")).close();

    refused(Schema.CURRENT, "schema version " + (Schema.CURRENT.version() + 1), "up to " + Schema.CURRENT.version());
  }

  @Test
  void anOlderDatabaseIsCopiedAndThenMigrated() throws IOException {
    try (var store = TestStore.open(data)) {
      store.take(1);
      assertThat(data.resolve("backups")).doesNotExist();
    }

    try (var store = TestStore.open(data, later("ALTER TABLE cameras ADD COLUMN later TEXT NOT NULL DEFAULT '';"))) {
      assertThat(version(store)).isEqualTo(Schema.CURRENT.version() + 1);
      assertThat(store.frames.waiting()).hasSize(1);
    }

    var copy = copies().getFirst();
    assertThat(copy).hasFileName("porchlight-v" + Schema.CURRENT.version() + "-20251223T120000000Z.db");
    Files.copy(copy, Files.createDirectory(home.resolve("restored")).resolve("porchlight.db"));
    try (var store = TestStore.open(home.resolve("restored"))) {
      assertThat(version(store)).isEqualTo(Schema.CURRENT.version());
      assertThat(store.frames.waiting()).hasSize(1);
    }
  }

  @Test
  void aDatabaseFromBeforeTheJournalBeginsOneAndKeepsEverything() throws IOException {
    openedBeforeTheJournal("INSERT INTO cameras (id, name, status, created_at)"
        + " VALUES ('cam-123', 'Porch', 'online', '2025-12-23T12:00:00.000000Z')",
        """
        INSERT INTO frames (camera_id, source, path, size, modified_at, sha256, captured_at, arrived_at, state)
        SELECT id, 'folder', '/pictures/1.jpg', 1000, created_at, printf('%064d', 1), created_at, created_at, 'waiting'
        FROM cameras""",
        "INSERT INTO batches (camera_id, state, first_at, last_at) SELECT id, 'open', created_at, created_at FROM cameras");

    try (var store = TestStore.open(data)) {
      assertThat(version(store)).isEqualTo(Schema.CURRENT.version());
      assertThat(copies().getFirst()).hasFileName("porchlight-v1-20251223T120000000Z.db");
      assertThat(store.journal.epoch()).isNotEmpty();
      assertThat(store.journal.head()).isZero();
      var batch = store.batches.open().getFirst().id();
      store.frames.complete(store.frames.waiting().getFirst(), List.of(PERSON), null, batch);
      assertThat(store.journal.read(0, 10)).extracting(JournalEntry::seq).containsExactly(1L);
      assertThat(store.batches.detections(batch)).hasSize(1);
    }
  }

  @Test
  void anEpochThatIsTakenAwayBeginsAnewAfterTheNumbersHeld() throws IOException {
    String epoch;
    try (var store = TestStore.open(data)) {
      store.frames.complete(store.take(1), List.of(PERSON, PERSON), null, null);
      epoch = store.journal.epoch();
      store.execute("DELETE FROM journal_epoch");
    }

    try (var store = TestStore.open(data)) {
      assertThat(store.journal.epoch()).isNotEqualTo(epoch);
      assertThat(store.journal.first()).isEqualTo(1);
      assertThat(store.journal.head()).isEqualTo(2);
    }
  }

  @Test
  void aMigrationThatFailsLeavesTheOlderDatabaseInUse() throws IOException {
    try (var store = TestStore.open(data)) {
      store.take(1);
    }

    refused(later("CREATE TABLE later (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);"), "nowhere");

    try (var store = TestStore.open(data)) {
      assertThat(store.frames.waiting()).hasSize(1);
    }
    assertThat(copies()).hasSize(1);
  }

  @Test
  void aFileThatCannotBeWrittenIsRefused() throws IOException {
    Files.createDirectories(file);

    refused(Schema.CURRENT, "cannot be written", "own the file and its folder");
  }

  @Test
  void aFileHeldByAnotherProgramIsRefused() throws Exception {
    TestStore.open(data).close();
    try (var connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        var statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = DELETE");
      statement.execute("BEGIN EXCLUSIVE");

      refused(Schema.CURRENT, "is held by another program");
    }
  }

  private void refused(Schema schema, String... parts) {
    assertThatExceptionOfType(StoreException.class).isThrownBy(() -> TestStore.open(data, schema).close())
        .withMessageStartingWith(file.toString())
        .withMessageNotContaining("\n")
        .satisfies(refusal -> assertThat(refusal).message().contains(parts));
  }

  /** The schema of a Porchlight to come. */
  private Schema later(String sql) throws IOException {
    var folder = Files.createDirectories(home.resolve("later"));
    int version = Schema.CURRENT.version() + 1;
    Files.writeString(folder.resolve("V" + version + "__later.sql"), sql);
    return new Schema(version, List.of(Schema.CURRENT.locations().getFirst(), "filesystem:" + folder));
  }

  /** Leaves a database of the first schema, with these rows, in the data folder. */
  private void openedBeforeTheJournal(String... rows) throws IOException {
    var migration = "V1__cameras_frames_batches_detections_events.sql";
    var folder = Files.createDirectories(home.resolve("first"));
    try (var in = Objects.requireNonNull(Schema.class.getResourceAsStream("/db/migration/" + migration))) {
      Files.copy(in, folder.resolve(migration));
    }
    try (var held = DataFolder.open(data);
        var database = SqliteDatabase.open(held, TestStore.CLOCK, new Schema(1, List.of("filesystem:" + folder)))) {
      for (var row : rows) {
        var _ = database.write("fill", handle -> handle.execute(row));
      }
    }
  }

  private List<Path> copies() throws IOException {
    try (var files = Files.list(data.resolve("backups"))) {
      return files.toList();
    }
  }

  private static long version(TestStore store) {
    return store.count("SELECT max(CAST(version AS INTEGER)) FROM flyway_schema_history");
  }
}
