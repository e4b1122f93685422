package dev.porchlight.api;

import dev.porchlight.domain.TakenPicture;
import java.util.Optional;

/** What cameras with a stream show just now. Thread-safe. */
@FunctionalInterface
public interface LivePictures {
  /** The newest picture; waits a moment for it. Empty for a camera without a stream, or before its first picture. */
  Optional<TakenPicture> latest(String cameraId) throws InterruptedException;
}
