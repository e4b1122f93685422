package dev.porchlight.store;

import dev.porchlight.domain.Page;
import dev.porchlight.domain.StoredDetection;
import org.jspecify.annotations.Nullable;

/** Detections, for those who look back. Thread-safe; methods block and throw {@link StoreException}. */
public interface DetectionStore {
  /**
   * Detections, newest first.
   *
   * @param cameraId of this camera only, or null for all
   * @param before   only ids below this, or null
   * @param limit    1 to 200
   */
  Page<StoredDetection> list(@Nullable String cameraId, @Nullable Long before, int limit);
}
