package dev.porchlight.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source of frames.
 *
 * @param id         see {@link CameraId}
 * @param name       what people call it; the id until somebody says otherwise
 * @param settings   what people have said about it
 * @param status     alive or not
 * @param lastSeenAt when its last frame arrived, by the server's clock; null before the first
 * @param createdAt  when it became known
 */
public record Camera(String id, String name, CameraSettings settings, CameraState status, @Nullable Instant lastSeenAt,
    Instant createdAt) {
  public Camera {
    CameraId.requireValid(id);
  }

  /** A camera that nobody has said anything about. */
  public Camera(String id, String name, CameraState status, @Nullable Instant lastSeenAt, Instant createdAt) {
    this(id, name, CameraSettings.STANDARD, status, lastSeenAt, createdAt);
  }

  /** A camera that has just been made: offline and never seen. */
  public static Camera made(String id, String name, CameraSettings settings, Instant createdAt) {
    return new Camera(id, name, settings, CameraState.OFFLINE, null, createdAt);
  }

  /** This camera by another name and with other settings. */
  public Camera with(String otherName, CameraSettings otherSettings) {
    return new Camera(id, otherName, otherSettings, status, lastSeenAt, createdAt);
  }
}
