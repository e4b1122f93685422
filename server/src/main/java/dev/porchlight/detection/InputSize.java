package dev.porchlight.detection;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The size of the pictures that a model is given, in pixels. */
record InputSize(int width, int height) {
  static final int LEAST = 32;
  static final int MOST = 2048;
  private static final Pattern TEXT = Pattern.compile("(\\d{1,6})(?:x(\\d{1,6}))?");

  /** Reads {@code 640} or {@code 640x384} (across, down); null when it is neither, or too small or too large. */
  static @Nullable InputSize parse(String text) {
    Matcher matcher = TEXT.matcher(text.strip());
    if (!matcher.matches()) {
      return null;
    }
    int width = Integer.parseInt(matcher.group(1));
    int height = matcher.group(2) == null ? width : Integer.parseInt(matcher.group(2));
    return isAllowed(width) && isAllowed(height) ? new InputSize(width, height) : null;
  }

  private static boolean isAllowed(int side) {
    return side >= LEAST && side <= MOST;
  }

  @Override
  public String toString() {
    return width + "x" + height;
  }

  /** What a detector of this size sees. */
  Sight sight() {
    return new Sight(Math.max(width, height), false);
  }
}
