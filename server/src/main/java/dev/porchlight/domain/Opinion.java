package dev.porchlight.domain;

import java.util.Locale;
import java.util.Optional;

/** What a person says of an event afterwards. */
public enum Opinion {
  /** It was judged rightly. */
  RIGHT,
  /** It was nothing: what it shows is normal here. */
  FALSE_ALARM,
  /** It mattered more than was said. */
  MISSED;

  /** The opinion as JSON and the store spell it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}; empty for anything else. */
  public static Optional<Opinion> ofWireName(String name) {
    for (Opinion opinion : values()) {
      if (opinion.wireName().equals(name)) {
        return Optional.of(opinion);
      }
    }
    return Optional.empty();
  }
}
