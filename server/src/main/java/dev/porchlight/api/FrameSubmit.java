package dev.porchlight.api;

import dev.porchlight.domain.Submission;
import java.nio.file.Path;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Hands in a picture. */
@FunctionalInterface
public interface FrameSubmit {
  /**
   * Hands in a picture; blocks until it is on disk, or refused.
   *
   * @param body       the picture, which is moved away when it is accepted
   * @param senderTime when the sender says that it was taken, or null
   */
  Submission submit(String cameraId, Path body, @Nullable Instant senderTime);
}
