package dev.porchlight.config;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Guesses what somebody meant who wrote a name that does not exist. */
final class Spelling {
  private Spelling() {}

  /** The name of {@code known} nearest to {@code written}, or null when none is near. */
  @Nullable
  static String nearest(String written, Collection<String> known) {
    String wanted = normal(written);
    int closest = Math.max(2, wanted.length() / 4) + 1;
    String nearest = null;
    for (String name : known) {
      String candidate = normal(name);
      // The group is easily forgotten (idle for batch.idle), and costs more letters than a slip of the pen may.
      int distance = candidate.endsWith("-" + wanted) ? 1 : distance(wanted, candidate, closest);
      if (distance < closest) {
        closest = distance;
        nearest = name;
      }
    }
    return nearest;
  }

  private static String normal(String name) {
    return name.toLowerCase(Locale.ROOT).replace('_', '-').replace('.', '-');
  }

  /** Levenshtein's distance with swapped neighbours as one slip; {@code atLeast} or more when it is not below that. */
  private static int distance(String a, String b, int atLeast) {
    if (Math.abs(a.length() - b.length()) >= atLeast) {
      return atLeast;
    }
    int[][] cost = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        cost[i][j] = Math.min(cost[i - 1][j - 1] + change, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
        if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
          cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
        }
      }
    }
    return cost[a.length()][b.length()];
  }
}
