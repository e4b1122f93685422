package dev.porchlight.domain;

import java.util.Locale;
import java.util.Optional;

/** What a camera overlooks; who may be expected there differs. */
public enum SceneKind {
  /** Public ground: everybody may be there. */
  STREET,
  /** Private ground that others drive or walk up to: visitors, deliveries. */
  DRIVEWAY,
  /** The door: visitors and deliveries, for a short while. */
  ENTRANCE,
  /** Private ground that nobody crosses on the way to the door. */
  GARDEN,
  /** Inside: the household alone. */
  INDOORS;

  /** The kind as JSON and the store spell it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}; empty for anything else. */
  public static Optional<SceneKind> ofWireName(String name) {
    for (SceneKind kind : values()) {
      if (kind.wireName().equals(name)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
