package dev.porchlight.store;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The cameras. Thread-safe; methods block and throw {@link StoreException}. */
public interface CameraStore {
  /**
   * Makes sure that a camera is known; a new one is offline, never seen and named like its id.
   *
   * @return true when it was new
   */
  boolean ensure(String cameraId, Instant at);

  /** One camera. */
  Optional<Camera> find(String cameraId);

  /** Every camera, by id. */
  List<Camera> all();

  /** Cameras, newest first; {@code before} is a {@link Page#next()}, or null. */
  Page<Camera> list(@Nullable Long before, int limit);

  /** Stores a change of status. */
  void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt);
}
