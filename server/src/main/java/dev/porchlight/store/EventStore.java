package dev.porchlight.store;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.EventReview;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.Page;
import dev.porchlight.domain.StoredEvent;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Events, one for each judged batch. Thread-safe; methods block and throw {@link StoreException}. */
public interface EventStore {
  /**
   * Stores what was said of a batch: its event, or, when it has one already, the event as it now is; how that came about;
   * and whether a language model is to be asked again. The first makes a {@code new_event} in the {@link Journal}, what
   * follows an {@code event_updated} with what decides which of the two a client gets. A final judgement ends the batch:
   * it is not found unjudged any more. All of it in one transaction.
   *
   * @param at when
   * @throws StoreException a refusal, when there is no such batch, or it is still open and the judgement final
   */
  Judged judge(Batch batch, Judgement judgement, Instant at);

  /**
   * Stores what a person makes of an event, with an {@code event_updated} in the {@link Journal}.
   *
   * @param change makes of the review as it is what it is to be; it must neither block nor throw
   * @return the event as it now is; empty when there is none of this id
   */
  Optional<StoredEvent> review(long id, UnaryOperator<EventReview> change);

  /** One event. */
  Optional<StoredEvent> find(long id);

  /** The event of a batch. */
  Optional<StoredEvent> ofBatch(long batchId);

  /**
   * Events, newest first.
   *
   * @param cameraId of this camera only, or null for all
   * @param before   only ids below this, or null
   * @param limit    1 to 200
   */
  Page<StoredEvent> list(@Nullable String cameraId, @Nullable Long before, int limit);

  /**
   * What {@link #judge} stored.
   *
   * @param isNew true for a batch's first verdict
   */
  record Judged(StoredEvent stored, boolean isNew) {}
}
