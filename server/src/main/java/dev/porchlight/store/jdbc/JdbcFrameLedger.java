package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.StoredDetection;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jspecify.annotations.Nullable;

/** The ledger of frames in SQLite. Thread-safe. */
public final class JdbcFrameLedger implements FrameLedger {
  private static final Set<FrameState> WITH_DETECTIONS_OR_TO_COME = EnumSet.of(FrameState.WAITING, FrameState.DONE);

  private final SqliteDatabase database;
  private final JdbcJournal journal;
  private final BiConsumer<String, Instant> seen;
  private final FrameRows rows;
  private final FileRows files;
  private final KnownFiles known;
  private final KnownFiles needed;

  /**
   * Keeps the ledger in {@code database}, and tells {@code journal}, of the same database, of every detection.
   *
   * @param seen hears of each camera that was last seen at another time than before, once that is stored; must not block
   */
  public JdbcFrameLedger(SqliteDatabase database, JdbcJournal journal, BiConsumer<String, Instant> seen) {
    this.database = database;
    this.journal = journal;
    this.seen = seen;
    this.rows = new FrameRows(database.paths());
    this.files = new FileRows(database);
    this.known = new KnownFiles(database, "frames");
    this.needed = new KnownFiles(database, "frames",
        "(state = 'waiting' OR EXISTS (SELECT 1 FROM detections WHERE frame_id = frames.id))");
  }

  @Override
  public @Nullable Frame take(Arrival arrival) {
    HandleCallback<@Nullable Frame, SQLException> work = handle -> {
      int seen = handle.execute("UPDATE cameras SET last_seen_at = ? WHERE id = ? AND deleted_at IS NULL",
          SqlTime.text(arrival.arrivedAt()),
          arrival.cameraId());
      if (seen == 0) {
        throw new StoreException("Could not take " + arrival.path() + ": there is no camera " + arrival.cameraId());
      }
      return rows.insert(handle, arrival);
    };
    String what = "take " + arrival.path();
    // Only who hands in a picture over HTTP is told that it was taken; all others are found again where they were.
    Frame taken = arrival.source() == FrameSource.HTTP ? database.write(what, work) : database.writeSoon(what, work);
    seen.accept(arrival.cameraId(), arrival.arrivedAt());
    return taken;
  }

  @Override
  public void recordUnread(String cameraId, FrameSource source, Collection<FileVersion> unread, FrameState state,
      String reason, Instant at) {
    requireEnd(state);
    files.insert(cameraId, source, unread, state, reason, at);
  }

  @Override
  public Set<FileVersion> known(String cameraId, Collection<FileVersion> candidates) {
    return known.of(cameraId, candidates);
  }

  @Override
  public Set<FileVersion> needed(String cameraId, Collection<FileVersion> candidates) {
    return needed.of(cameraId, candidates);
  }

  @Override
  public boolean decodedSince(Frame frame, Instant since) {
    return database.read("look for another frame like " + frame.id(),
        handle -> handle
            .createQuery("""
                         SELECT EXISTS (SELECT 1 FROM frames
                           WHERE camera_id = ? AND sha256 = ? AND state = 'done' AND arrived_at >= ? AND id <> ?)""")
            .bind(0, frame.cameraId())
            .bind(1, frame.sha256())
            .bind(2, SqlTime.text(since))
            .bind(3, frame.id())
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public List<Frame> waiting() {
    return database.read("list the waiting frames", rows::waiting);
  }

  @Override
  public void countDeaths(Collection<Long> frameIds) {
    if (frameIds.isEmpty()) {
      return;
    }
    var _ = database.write("count the deaths of frames " + frameIds, handle -> {
      var batch = handle.prepareBatch("UPDATE frames SET tries = tries + 1 WHERE id = ?");
      Set.copyOf(frameIds).forEach(batch::add);
      return batch.execute();
    });
  }

  @Override
  public Completion complete(Frame frame, List<DetectedObject> objects, @Nullable Long closes, @Nullable Long joins) {
    return journal.write("complete frame " + frame.id(), (handle, entries) -> {
      if (closes != null) {
        BatchRows.close(handle, closes, database.now());
      }
      end(handle, frame.id(), FrameState.DONE, "");
      return objects.isEmpty()
          ? new Completion(List.of(), null)
          : store(handle, entries, frame, objects, BatchRows.join(handle, frame, joins));
    });
  }

  @Override
  public Completion completeApart(Frame frame, List<DetectedObject> objects) {
    return journal.write("complete late frame " + frame.id(), (handle, entries) -> {
      end(handle, frame.id(), FrameState.DONE, "");
      return store(handle, entries, frame, objects, BatchRows.closed(handle, frame, database.now()));
    });
  }

  @Override
  public void finish(long frameId, FrameState state, String reason) {
    requireEnd(state);
    var _ = database.write("finish frame " + frameId, handle -> end(handle, frameId, state, reason));
  }

  private Completion store(Handle handle, JournalRows entries, Frame frame, List<DetectedObject> objects,
      long batchId) {
    var file = database.paths().text(frame.path());
    var stored = new ArrayList<StoredDetection>(objects.size());
    for (var object : objects) {
      var detection = DetectionRows.insert(handle, frame, batchId, object);
      entries.detection(detection);
      stored.add(new StoredDetection(detection, frame.id(), batchId, file));
    }
    return new Completion(stored, batchId);
  }

  /** Ends a waiting frame; a frame ends once. */
  private int end(Handle handle, long frameId, FrameState state, String reason) {
    int ended = handle.execute(
        "UPDATE frames SET state = ?, reason = ?, finished_at = ? WHERE id = ? AND state = 'waiting'",
        state.wireName(), reason, database.now(), frameId);
    if (ended == 0) {
      throw new StoreException("Could not end frame " + frameId + " as " + state.wireName() + ": it is not waiting");
    }
    return ended;
  }

  private static void requireEnd(FrameState state) {
    if (WITH_DETECTIONS_OR_TO_COME.contains(state)) {
      throw new IllegalArgumentException("a frame without detections does not end as " + state.wireName());
    }
  }
}
