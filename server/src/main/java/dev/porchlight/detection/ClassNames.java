package dev.porchlight.detection;

import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads names of classes as models carry them: {@code {0: 'person', 1: "driver's seat"}} as Python prints a dictionary (and
 * Ultralytics writes it), {@code {"0": "person"}} as JSON does, or a list of either.
 */
final class ClassNames {
  /** More is no list of classes. */
  private static final int MOST = 100_000;
  private static final String STRING = "'((?:[^'\\\\]|\\\\.)*+)'|\"((?:[^\"\\\\]|\\\\.)*+)\"";
  private static final Pattern ENTRY = Pattern
      .compile("\\G\\s*+(?:[\"']?(\\d{1,6})[\"']?\\s*+:\\s*+)?(?:" + STRING + ")\\s*+(,|$)");

  private ClassNames() {}

  /** The names by number, with empty ones where a number is missing; null when the text is nothing of the kind. */
  static @Nullable List<String> parse(String text) {
    String inner = text.strip();
    if (inner.length() < 2 || !(enclosed(inner, '{', '}') || enclosed(inner, '[', ']'))) {
      return null;
    }
    inner = inner.substring(1, inner.length() - 1).strip();
    var names = new TreeMap<Integer, String>();
    Matcher entry = ENTRY.matcher(inner);
    int end = 0;
    while (end < inner.length() && entry.find(end)) {
      int number = entry.group(1) == null ? names.size() : Integer.parseInt(entry.group(1));
      String name = entry.group(2) == null ? entry.group(3) : entry.group(2);
      if (number >= MOST || names.put(number, name.replaceAll("\\\\(.)", "$1")) != null) {
        return null;
      }
      end = entry.end();
    }
    return end < inner.length() || names.isEmpty() ? null : inOrder(names);
  }

  private static boolean enclosed(String text, char first, char last) {
    return text.charAt(0) == first && text.charAt(text.length() - 1) == last;
  }

  private static List<String> inOrder(NavigableMap<Integer, String> names) {
    var all = new ArrayList<String>();
    for (int number = 0; number <= names.lastKey(); number++) {
      all.add(names.getOrDefault(number, ""));
    }
    return List.copyOf(all);
  }
}
