package dev.porchlight.domain;

import org.jspecify.annotations.Nullable;

/**
 * What a person has made of an event.
 *
 * @param reviewed true once somebody has looked at it
 * @param verdict  what that person says of it; null when nothing
 * @param notes    in that person's words; empty when none
 */
public record EventReview(boolean reviewed, @Nullable Opinion verdict, String notes) {
  /** Nobody has looked yet. */
  public static final EventReview NONE = new EventReview(false, null, "");
}
