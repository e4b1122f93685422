package dev.porchlight.config;

import java.util.regex.Pattern;

/** Puts what somebody wrote into one line, whatever is in it. */
final class Quoting {
  private static final int LONGEST = 80;
  private static final Pattern SAFE_YAML = Pattern
      .compile("(?!(?i:null)$)[\\p{L}\\p{N}/._][\\p{L}\\p{N}/._+:@=-]*(?<!:)");

  private Quoting() {}

  /** A value within a message: in quotation marks, cut when it is long. */
  static String quoted(String text) {
    return '"' + plain(shortened(text)) + '"';
  }

  /** A key or a place within a message: without quotation marks, and without the line breaks that it may hold. */
  static String plain(String text) {
    if (text.codePoints().noneMatch(Quoting::breaksTheLine)) {
      return text;
    }
    var line = new StringBuilder();
    text.codePoints().forEach(c -> {
      if (breaksTheLine(c)) {
        line.append(String.format("\\u%04X", c));
      } else {
        line.appendCodePoint(c);
      }
    });
    return line.toString();
  }

  /** A YAML scalar that is read back as {@code text}; in quotation marks only when it has to be. */
  static String yaml(String text) {
    return SAFE_YAML.matcher(text).matches()
        ? text
        : '"' + plain(text.replace("\\", "\\\\").replace("\"", "\\\"")) + '"';
  }

  private static String shortened(String text) {
    return text.codePointCount(0, text.length()) <= LONGEST
        ? text
        : text.substring(0, text.offsetByCodePoints(0, LONGEST)) + "…";
  }

  private static boolean breaksTheLine(int c) {
    int type = Character.getType(c);
    return Character.isISOControl(c) || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
  }
}
