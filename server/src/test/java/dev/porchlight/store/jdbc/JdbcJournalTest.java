package dev.porchlight.store.jdbc;

import dev.porchlight.store.StoreException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static dev.porchlight.store.jdbc.TestStore.CAMERA;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** What the journal shows of a transaction: nothing before its commit, nothing without it. */
final class JdbcJournalTest {
  private static final byte[] MESSAGE = "reviewed".getBytes(StandardCharsets.UTF_8);

  @TempDir
  private Path home;

  @Test
  void aRowOfAnyTypeShowsOnceItIsCommitted() {
    try (var store = TestStore.open(home.resolve("data"))) {
      long during = store.journal.write("review event 7", (_, entries) -> {
        entries.add("event_updated", 7, CAMERA, 30, MESSAGE);
        return store.journal.head() + store.journal.read(0, 10).size();
      });

      assertThat(during).isZero();
      assertThat(store.journal.head()).isEqualTo(1);
      assertThat(store.journal.read(0, 10)).singleElement().satisfies(entry -> {
        assertThat(entry.type()).isEqualTo("event_updated");
        assertThat(entry.id()).isEqualTo(7);
        assertThat(entry.riskScore()).isEqualTo(30);
        assertThat(entry.message()).isEqualTo(MESSAGE);
      });
    }
  }

  @Test
  void aRowThatIsRolledBackNeverShowsAndItsNumberIsGivenAgain() {
    try (var store = TestStore.open(home.resolve("data"))) {
      assertThatExceptionOfType(StoreException.class)
          .isThrownBy(() -> store.journal.write("review event 7", (_, entries) -> {
            entries.add("event_updated", 7, CAMERA, 30, MESSAGE);
            throw new StoreException("no such event");
          }));
      assertThat(store.journal.head()).isZero();

      var _ = store.journal.write("review event 8", (_, entries) -> {
        entries.add("event_updated", 8, CAMERA, 30, MESSAGE);
        return entries.last();
      });

      assertThat(store.journal.head()).isEqualTo(1);
      assertThat(store.journal.read(0, 10)).singleElement().satisfies(entry -> assertThat(entry.id()).isEqualTo(8));
    }
  }
}
