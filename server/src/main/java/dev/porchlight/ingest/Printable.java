package dev.porchlight.ingest;

import java.nio.file.Path;

/** Names that others chose, fit for one log line: a line break in a file name must not look like a second line. */
final class Printable {
  private Printable() {}

  static String of(Path path) {
    return of(path.toString());
  }

  static String of(String text) {
    if (text.codePoints().noneMatch(Printable::isUnfit)) {
      return text;
    }
    var line = new StringBuilder();
    text.codePoints().forEach(c -> {
      if (isUnfit(c)) {
        line.append(String.format("\\u%04X", c));
      } else {
        line.appendCodePoint(c);
      }
    });
    return line.toString();
  }

  private static boolean isUnfit(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }
}
