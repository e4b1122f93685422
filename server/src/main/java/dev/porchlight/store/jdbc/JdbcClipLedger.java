package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Clip;
import dev.porchlight.domain.ClipArrival;
import dev.porchlight.domain.ClipState;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.store.ClipLedger;
import dev.porchlight.store.StoreException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The ledger of clips in SQLite. Thread-safe. */
public final class JdbcClipLedger implements ClipLedger {
  private final SqliteDatabase database;
  private final StoredPaths paths;
  private final KnownFiles known;

  public JdbcClipLedger(SqliteDatabase database) {
    this.database = database;
    this.paths = database.paths();
    this.known = new KnownFiles(database, "clips");
  }

  @Override
  public @Nullable Clip begin(ClipArrival arrival) {
    return database.<@Nullable Clip>write("begin clip " + arrival.file().path(), handle -> {
      insert(handle, arrival);
      return find(handle, arrival);
    });
  }

  @Override
  public void advance(long clipId, Duration position, int framesTaken) {
    int changed = database.write("advance clip " + clipId,
        handle -> handle.execute("""
                                 UPDATE clips SET position_ms = max(position_ms, ?), frames_taken = max(frames_taken, ?)
                                 WHERE id = ? AND state = 'reading'""", position.toMillis(), framesTaken, clipId));
    requireReading(changed, "advance", clipId);
  }

  @Override
  public void finish(long clipId, ClipState state, String reason) {
    if (state == ClipState.READING) {
      throw new IllegalArgumentException("a clip does not end as " + state.wireName());
    }
    int changed = database.write("finish clip " + clipId, handle -> handle.execute(
        "UPDATE clips SET state = ?, reason = ?, finished_at = ? WHERE id = ? AND state = 'reading'",
        state.wireName(), reason, database.now(), clipId));
    requireReading(changed, "finish", clipId);
  }

  @Override
  public List<Clip> reading() {
    return database.read("list the clips being read",
        handle -> handle.createQuery("SELECT * FROM clips WHERE state = 'reading' ORDER BY id")
            .map((row, _) -> clip(row))
            .list());
  }

  @Override
  public boolean readSince(String cameraId, String sha256, Instant since) {
    return database.read("look for another clip of camera " + cameraId,
        handle -> handle
            .createQuery("""
                         SELECT EXISTS (SELECT 1 FROM clips
                           WHERE camera_id = ? AND sha256 = ? AND state = 'done' AND arrived_at >= ?)""")
            .bind(0, cameraId)
            .bind(1, sha256)
            .bind(2, SqlTime.text(since))
            .mapTo(Boolean.class)
            .one());
  }

  @Override
  public Set<FileVersion> known(String cameraId, Collection<FileVersion> files) {
    return known.of(cameraId, files);
  }

  private void insert(Handle handle, ClipArrival arrival) {
    if (!CameraRows.exists(handle, arrival.cameraId())) {
      throw new StoreException(
          "Could not begin clip " + arrival.file().path() + ": there is no camera " + arrival.cameraId());
    }
    Duration duration = arrival.duration();
    var _ = handle.execute(
        """
        INSERT INTO clips (camera_id, path, size, modified_at, sha256, duration_ms, state, arrived_at)
        VALUES (?, ?, ?, ?, ?, ?, 'reading', ?)
        ON CONFLICT (camera_id, path, size, modified_at) DO NOTHING""", arrival.cameraId(),
        paths.text(arrival.file().path()), arrival.file().size(), SqlTime.text(arrival.file().modifiedAt()),
        arrival.sha256(), duration == null ? null : duration.toMillis(), SqlTime.text(arrival.arrivedAt()));
  }

  private @Nullable Clip find(Handle handle, ClipArrival arrival) {
    return handle
        .createQuery("""
                     SELECT * FROM clips WHERE camera_id = ? AND path = ? AND size = ? AND modified_at = ?
                       AND state = 'reading'""")
        .bind(0, arrival.cameraId())
        .bind(1, paths.text(arrival.file().path()))
        .bind(2, arrival.file().size())
        .bind(3, SqlTime.text(arrival.file().modifiedAt()))
        .map((row, _) -> clip(row))
        .findOne()
        .orElse(null);
  }

  private Clip clip(ResultSet row) throws SQLException {
    long millis = row.getLong("duration_ms");
    Duration duration = row.wasNull() ? null : Duration.ofMillis(millis);
    return new Clip(row.getLong("id"), row.getString("camera_id"), paths.path(row.getString("path")),
        row.getLong("size"), SqlTime.parse(row.getString("modified_at")), row.getString("sha256"), duration,
        row.getInt("frames_taken"), Duration.ofMillis(row.getLong("position_ms")),
        ClipState.ofWireName(row.getString("state")), row.getString("reason"),
        SqlTime.parse(row.getString("arrived_at")));
  }

  private static void requireReading(int changed, String what, long clipId) {
    if (changed == 0) {
      throw new StoreException("Could not " + what + " clip " + clipId + ": it is not being read");
    }
  }
}
