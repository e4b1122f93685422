package dev.porchlight.store.jdbc;

import dev.porchlight.LogLines;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.NamingEncoder;
import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.EpochFile.Content;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.porchlight.store.jdbc.TestStore.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** A database that was put back begins a new epoch; every other start, also one that is cut short anywhere, keeps it. */
final class EpochGuardTest {
  private static final byte[] MESSAGE = "told".getBytes(StandardCharsets.UTF_8);
  private static final RandomGenerator RANDOM = new SecureRandom();
  private static final int MOST_STEPS = 5;

  @TempDir
  private Path home;

  @Test
  void aPlainRestartKeepsTheEpochAndMakesANewToken() {
    String epoch = run(3);
    Content first = file();

    assertThat(run(2)).isEqualTo(epoch);

    assertThat(first).isInstanceOf(Content.Noted.class);
    assertThat(file()).isInstanceOfSatisfying(Content.Noted.class, noted -> {
      assertThat(noted.head()).isEqualTo(5);
      assertThat(noted.token()).isNotEqualTo(((Content.Noted) first).token());
    });
  }

  /** Of a database that has been in use with tokens, and of one that has just been migrated. */
  @ParameterizedTest
  @CsvSource({"true", "false"})
  void aStartThatIsKilledBetweenAnyTwoStepsAndAnotherAfterItKeepTheEpoch(boolean hasToken) {
    try (var store = TestStore.open(data())) {
      for (int first = 0; first <= MOST_STEPS; first++) {
        for (int second = 0; second <= MOST_STEPS; second++) {
          begin(store, hasToken);
          EpochTokens before = tokens(store);
          String epoch = epoch(store);

          killedAfter(first, store);
          killedAfter(second, store);
          var _ = open(store, false);
          assertThat(epoch(store)).as("killed after %d steps, then after %d", first, second).isEqualTo(epoch);

          var _ = open(store, false);
          assertThat(epoch(store)).as("a plain restart after kills at %d and %d", first, second).isEqualTo(epoch);
          if (hasToken) {
            assertThat(before.mismatch(file(), 0)).as("a copy of before the kills at %d and %d", first, second)
                .isPresent();
          }
        }
      }
    }
  }

  @Test
  void aCopyOfAnEarlierStartThatIsPutBackBeginsANewEpochInWhichTheNumbersGoOn() throws IOException {
    String epoch = run(3);
    copy();
    String _ = run(2);
    putBack();

    try (var lines = new LogLines(EpochGuard.class); var store = TestStore.open(data())) {
      var _ = open(store, false);
      var journal = new JdbcJournal(store.database, new NamingEncoder());

      assertThat(journal.epoch()).isNotEqualTo(epoch);
      assertThat(journal.head()).isEqualTo(3);
      assertThat(journal.read(0, 10)).extracting(JournalEntry::seq).containsExactly(1L, 2L, 3L);
      assertThat(lines.warnings()).singleElement()
          .asString()
          .contains("new epoch of /ws/events", "not of the last start", "recovered:false");
    }
  }

  @Test
  void aCopyOfTheSameStartThatIsBehindWhatWasNotedBeginsANewEpoch() throws IOException, SQLException {
    String epoch;
    try (var store = TestStore.open(data())) {
      EpochGuard guard = open(store, false);
      epoch = epoch(store);
      add(store);
      vacuumIntoCopy();
      add(store);
      guard.note(store.journal.head());
    }
    putBack();

    try (var lines = new LogLines(EpochGuard.class)) {
      assertThat(run(0)).isNotEqualTo(epoch);
      assertThat(lines.warnings()).singleElement().asString().contains("in the database is 1, but 2 was sent");
    }
  }

  @Test
  void aCopyOfTheSameStartWithEverythingThatWasNotedKeepsTheEpoch() throws IOException {
    String epoch = run(3);
    copy();
    putBack();

    assertThat(run(1)).isEqualTo(epoch);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n", "0123456789abcdef0123456789abcdef", "0123456789abcdef0123456789abcdef 7",
    "0123456789ABCDEF0123456789ABCDEF 7\n", "0123456789abcdef0123456789abcdef -7\n",
    "0123456789abcdef0123456789abcdef 12345678901234567\n", "0123456789abcdef0123456789abcdef 7\n\n"})
  void aFileThatMakesNoSenseBeginsANewEpoch(String content) throws IOException {
    String epoch = run(3);
    Files.writeString(data().resolve("epoch"), content);

    String after = run(1);

    assertThat(after).isNotEqualTo(epoch);
    assertThat(run(1)).as("and the next start keeps it").isEqualTo(after);
  }

  @Test
  void aFileThatIsLostBeginsANewEpochAfterTheFirstStartAlready() throws IOException {
    String epoch = run(3);
    Files.delete(data().resolve("epoch"));

    try (var lines = new LogLines(EpochGuard.class)) {
      assertThat(run(1)).isNotEqualTo(epoch);
      assertThat(lines.warnings()).singleElement().asString().contains("missing");
    }
  }

  @Test
  void aDatabaseOfAnEarlierVersionKeepsItsEpochAtTheFirstStart() throws IOException, URISyntaxException {
    String epoch = migrated();

    try (var lines = new LogLines(EpochGuard.class)) {
      assertThat(run(1)).isEqualTo(epoch);
      assertThat(lines.warnings()).isEmpty();
    }
  }

  @Test
  void aCopyFromBeforeTheMigrationThatIsPutBackBeginsANewEpoch() throws IOException, URISyntaxException {
    String epoch = migrated();
    copy();
    String _ = run(1);
    putBack();

    assertThat(run(1)).isNotEqualTo(epoch);
  }

  @Test
  void aNewEpochCanBeAskedFor() {
    String epoch = run(3);

    try (var store = TestStore.open(data()); var lines = new LogLines(EpochGuard.class)) {
      var _ = open(store, true);

      assertThat(epoch(store)).isNotEqualTo(epoch);
      assertThat(lines.warnings()).singleElement().asString().contains("--new-epoch");
    }
  }

  @Test
  void aNewFolderSaysNothing() {
    try (var lines = new LogLines(EpochGuard.class)) {
      String _ = run(0);

      assertThat(lines.warnings()).isEmpty();
    }
  }

  @Test
  void theHeadIsWrittenOnlyWhenItHasChanged() throws IOException {
    try (var store = TestStore.open(data())) {
      EpochGuard guard = open(store, false);
      add(store);
      guard.note(1);
      Files.delete(data().resolve("epoch"));

      guard.note(1);
      assertThat(file()).isEqualTo(new Content.Missing());
      guard.note(2);
      assertThat(file()).isInstanceOfSatisfying(Content.Noted.class, noted -> assertThat(noted.head()).isEqualTo(2));
    }
  }

  @Test
  void aHeadThatCannotBeNotedIsSaidOnceAndTriedAgain() throws IOException {
    try (var store = TestStore.open(data()); var lines = new LogLines(EpochGuard.class)) {
      EpochGuard guard = open(store, false);
      Path inTheWay = Files.createDirectory(data().resolve("epoch.part"));

      guard.note(1);
      guard.note(2);
      assertThat(lines.warnings()).singleElement().asString().contains("cannot be noted");
      Files.delete(inTheWay);
      guard.note(2);

      assertThat(file()).isInstanceOfSatisfying(Content.Noted.class, noted -> assertThat(noted.head()).isEqualTo(2));
    }
  }

  @Test
  void aStartThatCannotWriteTheFileIsRefusedInOneLine() throws IOException {
    try (var store = TestStore.open(data())) {
      Files.createDirectory(data().resolve("epoch.part"));

      assertThatExceptionOfType(StoreException.class).isThrownBy(() -> open(store, false))
          .withMessageContaining("epoch")
          .withMessageNotContaining("\n");
    }
  }

  /** One life of a server in which so many messages are told; returns its epoch. */
  private String run(int messages) {
    try (var store = TestStore.open(data())) {
      EpochGuard guard = open(store, false);
      for (int i = 0; i < messages; i++) {
        add(store);
      }
      guard.note(store.journal.head());
      return epoch(store);
    }
  }

  private static EpochGuard open(TestStore store, boolean isNewEpochWanted) {
    return EpochGuard.open(store.folder, store.database, isNewEpochWanted, RANDOM);
  }

  private static void add(TestStore store) {
    long _ = store.journal.add("detection", 1, CAMERA, null, MESSAGE);
  }

  /** A journal that clients know, in a database with tokens and their file, or without. */
  private void begin(TestStore store, boolean hasToken) {
    store.execute("UPDATE journal_epoch SET token = NULL, previous_token = NULL");
    try (Stream<Path> files = Files.list(data())) {
      for (Path file : files.filter(found -> found.getFileName().toString().startsWith("epoch")).toList()) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
    if (hasToken) {
      var _ = open(store, false);
    }
  }

  private static void killedAfter(int steps, TestStore store) {
    List<EpochGuard.Step> all = new EpochGuard(store.folder, store.database, false, RANDOM).steps();
    try {
      for (EpochGuard.Step step : all.subList(0, Math.min(steps, all.size()))) {
        step.run();
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Leaves a database from before there were tokens, with a journal; returns its epoch. */
  private String migrated() throws IOException, URISyntaxException {
    try (var folder = DataFolder.open(data());
        var database = SqliteDatabase.open(folder, TestStore.CLOCK, EarlierSchema.upTo(6, home.resolve("earlier")))) {
      var journal = new JdbcJournal(database, new NamingEncoder());
      long _ = journal.add("detection", 1, CAMERA, null, MESSAGE);
      return journal.epoch();
    }
  }

  private void copy() throws IOException {
    Files.copy(data().resolve(SqliteDatabase.FILE), home.resolve("copy.db"), StandardCopyOption.REPLACE_EXISTING);
  }

  /** As a backup tool does while the server runs. */
  private void vacuumIntoCopy() throws SQLException {
    try (var connection = Sources.plain(data().resolve(SqliteDatabase.FILE)).getConnection();
        var statement = connection.createStatement()) {
      statement.execute("VACUUM INTO '" + home.resolve("copy.db") + "'");
    }
  }

  private void putBack() throws IOException {
    Files.copy(home.resolve("copy.db"), data().resolve(SqliteDatabase.FILE), StandardCopyOption.REPLACE_EXISTING);
  }

  private static String epoch(TestStore store) {
    return store.texts("SELECT epoch FROM journal_epoch").getFirst();
  }

  private static EpochTokens tokens(TestStore store) {
    return store.database.read("test", EpochTokens::find);
  }

  private Content file() {
    return new EpochFile(data()).read();
  }

  private Path data() {
    return home.resolve("data");
  }
}
