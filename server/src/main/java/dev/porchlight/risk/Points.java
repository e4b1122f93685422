package dev.porchlight.risk;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What rules have said so far. Confined to one thread. */
final class Points {
  private static final int MOST = 100;

  private final List<String> said = new ArrayList<>();
  private int sum;

  /** Adds points, or takes them; none are not mentioned. */
  void add(int points, String why) {
    if (points != 0) {
      sum += points;
      said.add(String.format(Locale.ROOT, "%+d %s", points, why));
    }
  }

  /** Takes what is more than this. */
  void limit(int most, String why) {
    add(Math.min(0, most - sum), why);
  }

  int score() {
    return Math.clamp(sum, 0, MOST);
  }

  /** Every rule that said something, and the score. */
  String text() {
    return said.stream().collect(Collectors.joining("; ")) + "; score " + score();
  }
}
