package dev.porchlight.store;

import dev.porchlight.domain.DetectionPicture;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.StoredDetection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Detections, for those who look back. Thread-safe; methods block and throw {@link StoreException}. */
public interface DetectionStore {
  /** One detection. */
  Optional<StoredDetection> find(long id);

  /** One detection with the others of its frame, and what its picture was when it was looked at. */
  Optional<DetectionPicture> picture(long id);

  /**
   * Detections, newest first.
   *
   * @param cameraId of this camera only, or null for all
   * @param before   only ids below this, or null
   * @param limit    1 to 200
   */
  Page<StoredDetection> list(@Nullable String cameraId, @Nullable Long before, int limit);
}
