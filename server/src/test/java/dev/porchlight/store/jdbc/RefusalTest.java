package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sqlite.NativeLibraryNotFoundException;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

import static org.assertj.core.api.Assertions.assertThat;

/** What is said for failures of a disk, which a test cannot make happen. */
final class RefusalTest {
  private static final Path FILE = Path.of("/data/porchlight.db");

  @ParameterizedTest
  @CsvSource({
    "SQLITE_FULL, 'cannot be written: the disk is full; free some space'",
    "SQLITE_READONLY_DIRECTORY, 'cannot be written: let the user that runs Porchlight own the file and its folder'",
    "SQLITE_CANTOPEN, 'cannot be written: let the user that runs Porchlight own the file and its folder'",
    "SQLITE_CORRUPT_INDEX, 'is damaged: restore a backup or move the file away (broken)'",
    "SQLITE_NOTADB, 'is not a SQLite database: restore a backup or move the file away'",
    "SQLITE_BUSY_RECOVERY, 'is held by another program: close that first'",
    "SQLITE_IOERR_WRITE, 'cannot be used: broken'",
    "SQLITE_MISUSE, 'cannot be used: broken'"})
  void aFailureIsSaidInOneLineWithWhatToDo(SQLiteErrorCode code, String said) {
    var failure = new IllegalStateException("deep\nbelow", new SQLiteException("broken", code));

    assertThat(Refusal.of(FILE, failure)).hasMessage(FILE + " " + said);
  }

  @Test
  void aFailureOfManyLinesBecomesOne() {
    assertThat(Refusal.of(FILE, new IllegalStateException("\n one\n  two\r\nthree \n")))
        .hasMessage(FILE + " cannot be used: one, two, three");
    assertThat(Refusal.of(FILE, new IllegalStateException()))
        .hasMessage(FILE + " cannot be used: IllegalStateException");
  }

  @Test
  void whateverFailsOnADiskWithoutRoomIsAFullDisk() {
    // The only file system without room that every Linux has.
    var file = Path.of("/proc/porchlight.db");

    for (var code : List.of(SQLiteErrorCode.SQLITE_ERROR, SQLiteErrorCode.SQLITE_IOERR_SHMSIZE)) {
      assertThat(Refusal.of(file, new SQLiteException("lost", code)))
          .hasMessage(file + " cannot be written: the disk is full; free some space");
    }
  }

  @Test
  void aLibraryThatFindsNoPlaceIsSaidToWantOne() {
    var failure = new SQLException("Error opening connection", new NativeLibraryNotFoundException("none found"));

    assertThat(Refusal.of(FILE, failure)).message()
        .startsWith(FILE + " cannot be opened: SQLite's library could not be unpacked and run in ")
        .contains("free some space", "noexec", "-Dorg.sqlite.tmpdir");
  }

  @Test
  void whatIsARefusalAlreadyStaysAsItIs() {
    var refusal = new StoreException("said");

    assertThat(Refusal.of(FILE, refusal)).isSameAs(refusal);
  }
}
