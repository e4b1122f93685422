package dev.porchlight.api;

import dev.porchlight.domain.TakenPicture;
import java.util.Optional;

/** The newest pictures of cameras with a stream. Thread-safe. */
@FunctionalInterface
public interface LivePictures {
  /** The newest picture; waits up to two seconds. Empty for a camera without a stream, or before its first picture. */
  Optional<TakenPicture> latest(String cameraId) throws InterruptedException;
}
