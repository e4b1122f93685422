package dev.porchlight.pipeline;

import java.util.Optional;

/**
 * The bounded way into the detection stage, fair between cameras: each camera has its own places. A place is taken
 * before anything is written down, so that what was acknowledged always has room. Thread-safe.
 */
public interface FrameIntake {
  /** Takes a place for a frame of this camera, or says at once that there is none. */
  Optional<Place> tryReserve(String cameraId);

  /** Takes a place for a frame of this camera, waiting until there is one. */
  Place reserve(String cameraId) throws InterruptedException;

  /**
   * Puts a picture of a stream into the queue without a place and without waiting for one: a stream has no patience, and its
   * newest picture is worth more than its oldest. When too many of this camera's wait, the oldest of them that came by this
   * door is dropped, on the caller's thread and before this returns; what came by the others never is.
   */
  void offer(FrameTask task);

  /** A place in the queue. It must end in {@link #submit} or {@link #close}; whatever comes second does nothing. */
  interface Place extends AutoCloseable {
    /** Puts a frame on this place. Frames of one camera are looked at one at a time, in the order submitted. */
    void submit(FrameTask task);

    /** Gives the place back unused. */
    @Override
    void close();
  }
}
