package dev.porchlight.store.jdbc;

import dev.porchlight.store.CameraStore.Remains;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** The rows that a camera leaves behind, inside a transaction of the caller. */
final class CameraHistory {
  private static final String JUDGED = "(SELECT id FROM batches WHERE camera_id = ? AND state = 'judged'"
      + " ORDER BY id LIMIT ?)";
  /** In this order nothing is referred to when its turn comes. */
  private static final List<String> PARTS = List.of("DELETE FROM reanalyses WHERE batch_id IN " + JUDGED,
      "DELETE FROM analyses WHERE batch_id IN " + JUDGED, "DELETE FROM events WHERE batch_id IN " + JUDGED,
      "DELETE FROM detections WHERE batch_id IN " + JUDGED, "DELETE FROM batches WHERE id IN " + JUDGED,
      """
      DELETE FROM frames WHERE id IN (SELECT id FROM frames WHERE camera_id = ? AND state <> 'waiting'
        AND NOT EXISTS (SELECT 1 FROM detections WHERE frame_id = frames.id) LIMIT ?)""",
      "DELETE FROM clips WHERE id IN (SELECT id FROM clips WHERE camera_id = ? AND state <> 'reading' LIMIT ?)");
  private static final String LEFT = """
                                     SELECT EXISTS (SELECT 1 FROM frames WHERE camera_id = :id) OR EXISTS (SELECT 1 FROM batches WHERE camera_id = :id)
                                       OR EXISTS (SELECT 1 FROM clips WHERE camera_id = :id)""";

  private CameraHistory() {}

  static Remains forget(Handle handle, String cameraId, int limit) {
    int gone = 0;
    for (var part : PARTS) {
      gone += handle.execute(part, cameraId, limit);
    }
    if (gone > 0) {
      return Remains.MORE;
    }
    boolean left = handle.createQuery(LEFT).bind("id", cameraId).mapTo(Boolean.class).one();
    return left ? Remains.UNDER_WAY : Remains.NOTHING;
  }
}
