package dev.porchlight.risk;

import java.util.Locale;

/** How light it is outside. */
enum Daylight {
  DAY, TWILIGHT, NIGHT;

  /** As prompts and reasons spell it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
