package dev.porchlight.domain;

import java.time.Instant;

/**
 * An event with where it came from.
 *
 * @param analyst   who judged it: {@code rules}, or the name of a model
 * @param createdAt when it was stored
 */
public record StoredEvent(NewEvent event, long batchId, String analyst, Instant createdAt) {}
