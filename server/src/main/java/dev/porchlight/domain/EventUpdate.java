package dev.porchlight.domain;

import org.jspecify.annotations.Nullable;

/**
 * The data of an {@code event_updated} message: an event as it is after it was analysed again or reviewed.
 *
 * @param reviewed true once somebody has looked at it
 * @param verdict  what that person said; null when nothing
 */
public record EventUpdate(NewEvent event, boolean reviewed, @Nullable String verdict) {}
