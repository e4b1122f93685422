package dev.porchlight.store;

import dev.porchlight.domain.PastEvent;
import java.time.Instant;
import java.util.List;

/** What a camera has seen before. Thread-safe; methods block and throw {@link StoreException}. */
public interface PastEvents {
  /**
   * The events of a camera that began at {@code since} or later and before {@code until}, newest first.
   *
   * @param limit the most to return
   */
  List<PastEvent> ofCamera(String cameraId, Instant since, Instant until, int limit);
}
