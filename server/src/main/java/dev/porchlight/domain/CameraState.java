package dev.porchlight.domain;

import java.util.Locale;

/** Whether a camera shows signs of life. */
public enum CameraState {
  ONLINE, OFFLINE;

  /** The state as the wire and the store spell it: {@code online} or {@code offline}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}. */
  public static CameraState ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
