package dev.porchlight.domain;

import java.util.Locale;

/** How much an event deserves attention; always derived from the score by the server. */
public enum RiskLevel {
  LOW, MEDIUM, HIGH, CRITICAL;

  /** The level as the wire and the store spell it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}. */
  public static RiskLevel ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
