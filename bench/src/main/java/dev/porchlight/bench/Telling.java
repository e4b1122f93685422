package dev.porchlight.bench;

import dev.porchlight.detection.TimedPicture;
import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Numbering;
import dev.porchlight.live.EventBroadcaster;
import dev.porchlight.live.Messages;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import dev.porchlight.store.jdbc.DataFolder;
import dev.porchlight.store.jdbc.JdbcCameraStore;
import dev.porchlight.store.jdbc.JdbcFrameLedger;
import dev.porchlight.store.jdbc.JdbcJournal;
import dev.porchlight.store.jdbc.SqliteDatabase;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * What comes after looking: the store, in a real database with its waits for the disk, and the broadcast of what is in the
 * journal, to ten connections that cost nothing. Confined to one thread.
 */
final class Telling implements AutoCloseable {
  private static final String CAMERA = "bench";
  private static final int CONNECTIONS = 10;
  /** Where nothing is found this is stored, so that storing and telling are never free. */
  private static final List<DetectedObject> SOMEBODY = List
      .of(new DetectedObject("person", 0.9, new Box(10, 10, 50, 90)));

  private final DataFolder folder;
  private final SqliteDatabase database;
  private final FrameLedger ledger;
  private final EventBroadcaster events;
  private final ExecutorService loop = Executors.newSingleThreadExecutor();
  private Instant now = Instant.parse("2026-01-01T12:00:00Z");
  private @Nullable Long batchId;

  /** Makes the store in a folder. */
  Telling(Path data) {
    folder = DataFolder.open(data);
    database = SqliteDatabase.open(folder, Clock.systemUTC());
    var journal = new JdbcJournal(database, new Messages());
    ledger = new JdbcFrameLedger(database, journal, (_, _) -> {});
    new JdbcCameraStore(database).ensure(CAMERA, now);
    Channel channel = NullSinks.channel(new Numbering(journal.epoch(), journal.head()));
    NullSinks.follow(channel, NullSinks.loop(loop), CONNECTIONS);
    events = new EventBroadcaster(channel, journal);
  }

  /** How long it took to store a picture, and to broadcast what was found in it. */
  record Times(Duration store, Duration broadcast) {}

  /** Stores and tells of what was seen in a file, as if it had just been written anew. */
  Times tell(Path file, TimedPicture seen) {
    now = now.plusMillis(1);
    long began = System.nanoTime();
    Frame frame = ledger.take(
        new Arrival(CAMERA, FrameSource.FOLDER, file.toAbsolutePath(), seen.size(), now, seen.sha256(), now, now));
    if (frame == null) {
      throw new StoreException("this picture is in the ledger already: " + file);
    }
    var stored = ledger.complete(frame, seen.objects().isEmpty() ? SOMEBODY : seen.objects(), null, batchId);
    batchId = stored.batchId();
    long done = System.nanoTime();
    for (StoredDetection detection : stored.detections()) {
      int _ = events.broadcastDetection(detection.detection());
    }
    return new Times(Duration.ofNanos(done - began), Duration.ofNanos(System.nanoTime() - done));
  }

  @Override
  public void close() {
    loop.shutdownNow();
    database.close();
    folder.close();
  }
}
