package dev.porchlight.domain;

import java.time.Instant;

/**
 * An event with where it came from, and what people made of it.
 *
 * @param analyst   who judged it: {@code rules}, or the name of a model
 * @param createdAt when it was stored
 */
public record StoredEvent(NewEvent event, long batchId, String analyst, Instant createdAt, EventReview review) {
  /** The data of an {@code event_updated} message about it. */
  public EventUpdate asUpdate() {
    Opinion opinion = review.verdict();
    return new EventUpdate(event, review.reviewed(), opinion == null ? null : opinion.wireName());
  }
}
