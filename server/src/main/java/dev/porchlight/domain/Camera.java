package dev.porchlight.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A source of frames.
 *
 * @param id         see {@link CameraId}
 * @param name       what people call it; the id until somebody says otherwise
 * @param status     alive or not
 * @param lastSeenAt when its last frame arrived, by the server's clock; null before the first
 * @param createdAt  when it became known
 */
public record Camera(String id, String name, CameraState status, @Nullable Instant lastSeenAt, Instant createdAt) {
  public Camera {
    CameraId.requireValid(id);
  }
}
