package dev.porchlight.api;

import java.text.Normalizer;
import java.util.Locale;

/** Makes a camera's id of its name: {@code Front door} becomes {@code front-door}. */
final class CameraNames {
  /** Leaves room for a number behind it. */
  private static final int LONGEST = 58;

  private CameraNames() {}

  /** A valid id; {@code camera} for a name that has no letter or digit of ASCII, not even without its accents. */
  static String idOf(String name) {
    String plain = Normalizer.normalize(name, Normalizer.Form.NFKD)
        .replaceAll("\\p{M}+", "")
        .replace("ß", "ss")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9_]+", "-");
    String cut = plain.substring(0, Math.min(LONGEST, plain.length())).replaceAll("^-+|-+$", "");
    return cut.isEmpty() ? "camera" : cut;
  }
}
