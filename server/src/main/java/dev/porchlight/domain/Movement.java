package dev.porchlight.domain;

import java.util.Locale;

/** How an object moved while it was in the picture. */
public enum Movement {
  /** It stayed where it was. */
  STILL,
  /** It came nearer to the camera. */
  APPROACHING,
  /** It went away from the camera. */
  LEAVING,
  /** It crossed the picture. */
  PASSING,
  /** It moved about within a part of the picture. */
  LINGERING,
  /** Seen too few times to tell. */
  UNKNOWN;

  /** The movement as JSON and prompts spell it. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
