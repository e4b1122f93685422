package dev.porchlight.store;

import dev.porchlight.risk.RiskConfig;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcAnalysisStore;
import dev.porchlight.store.jdbc.JdbcBatchStore;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.JdbcClipLedger;
import dev.porchlight.store.jdbc.JdbcDetectionStore;
import dev.porchlight.store.jdbc.JdbcEventStore;
import dev.porchlight.store.jdbc.JdbcFrameLedger;
import dev.porchlight.store.jdbc.JdbcFrameStore;
import dev.porchlight.store.jdbc.JdbcFtpAccountStore;
import dev.porchlight.store.jdbc.JdbcGpuStatsStore;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.JdbcPastEvents;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contract of each port, kept by SQLite. */
final class SqliteStoresTest {
  @TempDir
  private Path home;
  private final AtomicReference<Instant> now = new AtomicReference<>(Samples.NOON);
  private DataFolder folder;
  private SqliteDatabase database;
  private Stores stores;

  @BeforeEach
  void open() {
    folder = DataFolder.open(home.resolve("data"));
    InstantSource clock = now::get;
    database = SqliteDatabase.open(folder, clock.withZone(ZoneOffset.UTC));
    var journal = new JdbcJournal(database, new NamingEncoder());
    stores = new Stores(new JdbcCameraStore(database), new JdbcFrameLedger(database, journal, (_, _) -> {}),
        new JdbcBatchStore(database), new JdbcDetectionStore(database),
        new JdbcEventStore(database, journal, new RiskConfig(30, 60, 85)::levelOf),
        new JdbcGpuStatsStore(database), journal, new JdbcClipLedger(database),
        new JdbcFrameStore(database), new JdbcFtpAccountStore(database), new JdbcAnalysisStore(database),
        new JdbcPastEvents(database));
  }

  @AfterEach
  void close() {
    database.close();
    folder.close();
  }

  @Nested
  final class Cameras extends CameraStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class DeletedCameras extends DeletedCameraContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class LatestFrames extends FrameStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Clips extends ClipLedgerContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Frames extends FrameLedgerContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Completions extends CompletionContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Batches extends BatchStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Detections extends DetectionStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Events extends EventStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Analyses extends AnalysisStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Journals extends JournalContract {
    @Override
    Stores stores() {
      return stores;
    }

    @Override
    void reopen() {
      close();
      open();
    }

    @Override
    void timeIs(Instant time) {
      now.set(time);
    }
  }

  @Nested
  final class FilteredJournals extends FilteredJournalContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Tellings extends TellingContract {
    @Override
    Stores stores() {
      return stores;
    }

    @Override
    void reopen() {
      close();
      open();
    }

    @Override
    void timeIs(Instant time) {
      now.set(time);
    }
  }

  @Nested
  final class FtpAccounts extends FtpAccountStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }

  @Nested
  final class Gpu extends GpuStatsStoreContract {
    @Override
    Stores stores() {
      return stores;
    }
  }
}
