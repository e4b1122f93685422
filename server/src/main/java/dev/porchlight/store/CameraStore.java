package dev.porchlight.store;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraState;
import dev.porchlight.domain.Page;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The cameras. A camera that was deleted is found nowhere, but its id is remembered: a folder that is still there does not
 * bring it back. Thread-safe; methods block and throw {@link StoreException}.
 */
public interface CameraStore {
  /**
   * Makes sure that a camera is known; a new one is offline, never seen and named like its id. A deleted one stays
   * deleted.
   *
   * @return true when it was new
   */
  boolean ensure(String cameraId, Instant at);

  /**
   * Makes a camera, or a deleted one anew; only its id, name, settings and when it was made count.
   *
   * @return false when there is such a camera, and then nothing has changed
   * @throws StoreException a refusal, while the history of a deleted camera of this id is still being forgotten
   */
  boolean create(Camera camera);

  /**
   * Changes the name and the settings of a camera in one transaction.
   *
   * @param change makes of the camera as it is what it is to be; it must neither block nor throw
   * @return the camera as it now is; empty when there is none
   */
  Optional<Camera> change(String cameraId, UnaryOperator<Camera> change);

  /**
   * Deletes a camera. What it has seen stays as it is, until {@link #forget} is called.
   *
   * @param withHistory true when what it has seen is to be forgotten
   * @return false when there is no such camera
   */
  boolean delete(String cameraId, boolean withHistory, Instant at);

  /** The deleted cameras whose history is still to be forgotten. */
  List<String> forgetting();

  /**
   * Forgets a part of the history of a deleted camera, in one transaction of bounded size. What is under way is left: frames
   * that wait, batches without their event, clips that are being read.
   *
   * @param limit the most rows of each kind
   * @return what is still there
   */
  Remains forget(String cameraId, int limit);

  /** Notes that the history of a deleted camera is forgotten: it may be made anew from here on. */
  void forgotten(String cameraId);

  /** One camera. */
  Optional<Camera> find(String cameraId);

  /** Every camera, by id. */
  List<Camera> all();

  /** Cameras, newest first; {@code before} is a {@link Page#next()}, or null. */
  Page<Camera> list(@Nullable Long before, int limit);

  /** Stores a change of status. */
  void setStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt);

  /** What is left of a camera's history after {@link #forget}. */
  enum Remains {
    /** Nothing. */
    NOTHING,
    /** More that can be forgotten at once. */
    MORE,
    /** Only what is under way. */
    UNDER_WAY
  }
}
