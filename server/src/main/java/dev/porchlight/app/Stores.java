package dev.porchlight.app;

import dev.porchlight.camera.CameraRegistry;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.live.Messages;
import dev.porchlight.store.DiskSpace;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.EpochGuard;
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
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/** Everything that is remembered, in one database, and the file beside it by which a database that was put back is recognised. */
record Stores(EpochGuard epoch, JdbcJournal journal, JdbcFrameLedger ledger, JdbcClipLedger clips,
    JdbcFrameStore frames,
    JdbcDetectionStore detections, JdbcBatchStore batches, JdbcEventStore events, CameraRegistry cameras,
    JdbcFtpAccountStore ftpAccounts, JdbcGpuStatsStore gpuStats, JdbcAnalysisStore analyses, JdbcPastEvents past,
    DiskSpace disk) {

  /** All stores of a database; {@code levelOf} is the level of a score. */
  static Stores in(DataFolder folder, SqliteDatabase database, boolean isNewEpochWanted, RandomGenerator random,
      IntFunction<RiskLevel> levelOf, Lifecycle lifecycle) {
    EpochGuard epoch = EpochGuard.open(folder, database, isNewEpochWanted, random);
    var journal = new JdbcJournal(database, new Messages());
    // Closed after all that writes to the journal, so that this is the last head.
    AutoCloseable _ = lifecycle.add("epoch file", () -> epoch.note(journal.head()));
    CameraRegistry cameras = lifecycle.add("camera changes", new CameraRegistry(new JdbcCameraStore(database)));
    return new Stores(epoch, journal, new JdbcFrameLedger(database, journal, cameras::seen),
        new JdbcClipLedger(database),
        new JdbcFrameStore(database), new JdbcDetectionStore(database), new JdbcBatchStore(database),
        new JdbcEventStore(database, journal, levelOf), cameras, new JdbcFtpAccountStore(database),
        new JdbcGpuStatsStore(database), new JdbcAnalysisStore(database), new JdbcPastEvents(database),
        database.disk());
  }
}
