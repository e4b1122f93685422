package dev.porchlight.store.jdbc;

import dev.porchlight.LogLines;
import dev.porchlight.store.DiskFullException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** A disk that is full by what is said of it; there is room on it all the while, which is noticed. */
class DataDiskTest {
  @TempDir
  private Path home;

  @Test
  void aDatabaseThatFindsNoRoomMakesItFullUntilThereIsAndBothAreSaidOnce() {
    try (var log = new LogLines(DataDiskTest.class); var store = TestStore.open(home.resolve("data"))) {
      store.execute("PRAGMA max_page_count = 1");
      for (int i = 0; i < 3; i++) {
        assertThatExceptionOfType(DiskFullException.class)
            .isThrownBy(() -> store.execute("CREATE TABLE filler AS SELECT randomblob(1000000) AS bytes"))
            .withMessageContaining("full");
      }
      assertThat(log.with("disk full: " + store.folder.path())).hasSize(1);
      assertThat(store.database.trouble()).as("the disk's, and not the database's").isEmpty();

      await().until(() -> !store.database.disk().isFull());
      await().until(() -> !log.with("disk no longer full: " + store.folder.path()).isEmpty());
      assertThat(store.folder.tmp()).isDirectoryNotContaining("glob:**/room");
    }
  }

  @Test
  void itIsFullAgainWhenItIsSaidAgain() {
    try (var log = new LogLines(DataDiskTest.class); var folder = DataFolder.open(home.resolve("data"))) {
      DataDisk disk = folder.disk();
      for (String reason : new String[]{"No space left on device", "Disk quota exceeded"}) {
        assertThat(disk.noteFailure(new IllegalStateException(new IOException(reason)))).isTrue();
        assertThat(disk.isFull()).isTrue();
        await().until(() -> !disk.isFull());
      }
      await().untilAsserted(() -> assertThat(log.with("disk no longer full")).hasSize(2));
      assertThat(log.with("disk full")).hasSize(2);
    }
  }

  @Test
  void anotherFailureIsNone() {
    try (var folder = DataFolder.open(home.resolve("data"))) {
      assertThat(folder.disk().noteFailure(new AccessDeniedException("/data/x"))).isFalse();
      assertThat(folder.disk().isFull()).isFalse();
    }
  }
}
