package dev.porchlight.domain;

import java.util.Locale;

/** The door a frame came in by. */
public enum FrameSource {
  FOLDER, HTTP;

  /** The source as the store spells it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The inverse of {@link #wireName()}. */
  public static FrameSource ofWireName(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }
}
