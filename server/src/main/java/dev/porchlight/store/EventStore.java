package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Events, one for each judged batch. Thread-safe; methods block and throw {@link StoreException}. */
public interface EventStore {
  /**
   * Stores the event of a closed batch, and its message in the {@link Journal}.
   *
   * @return the event, or empty when this batch has one already
   */
  Optional<StoredEvent> add(Batch batch, Verdict verdict, RiskLevel level, Instant at);

  /** One event. */
  Optional<StoredEvent> find(long id);

  /**
   * Events, newest first.
   *
   * @param cameraId of this camera only, or null for all
   * @param before   only ids below this, or null
   * @param limit    1 to 200
   */
  Page<StoredEvent> list(@Nullable String cameraId, @Nullable Long before, int limit);
}
