package dev.porchlight.risk;

import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * How well an analyst does.
 *
 * @param exact          situations with the right level
 * @param accepted       with that, or the one that is accepted too
 * @param answered       with any verdict
 * @param contradictions what words say against the verdict, or against what was seen
 * @param scores         of all verdicts, rising
 * @param millis         of each verdict, rising
 */
record GoldenTable(String analyst, int situations, int exact, int accepted, int answered, List<String> contradictions,
    Set<RiskLevel> levels, List<Integer> scores, List<Double> millis) {
  private static final RiskConfig LEVELS = new RiskConfig(30, 60, 85);

  static GoldenTable of(String analyst, List<GoldenSituation> situations,
      Function<GoldenSituation, Optional<Verdict>> judge) {
    int exact = 0;
    int accepted = 0;
    var contradictions = new ArrayList<String>();
    Set<RiskLevel> levels = EnumSet.noneOf(RiskLevel.class);
    var scores = new ArrayList<Integer>();
    var millis = new ArrayList<Double>();
    for (GoldenSituation golden : situations) {
      long began = System.nanoTime();
      Optional<Verdict> verdict = judge.apply(golden);
      millis.add((System.nanoTime() - began) / 1e6);
      if (verdict.isPresent()) {
        RiskLevel level = LEVELS.levelOf(verdict.get().riskScore());
        exact += level == golden.level() ? 1 : 0;
        accepted += golden.accepts(level) ? 1 : 0;
        levels.add(level);
        scores.add(verdict.get().riskScore());
        contradiction(golden, verdict.get(), level).ifPresent(contradictions::add);
      }
    }
    scores.sort(null);
    millis.sort(null);
    return new GoldenTable(analyst, situations.size(), exact, accepted, scores.size(), contradictions, levels, scores,
        millis);
  }

  String print() {
    double mean = scores.stream().mapToInt(Integer::intValue).average().orElse(0);
    double deviation = Math.sqrt(scores.stream().mapToDouble(s -> (s - mean) * (s - mean)).average().orElse(0));
    return String.format(Locale.ROOT,
        """
        | analyst | situations | right level | right or accepted | no verdict | contradictions | scores: least, median, greatest, deviation | median ms |
        |---|---|---|---|---|---|---|---|
        | %s | %d | %d | %d | %d | %d | %d, %d, %d, %.0f | %.2f |""",
        analyst, situations, exact, accepted,
        situations - answered, contradictions.size(), scores.isEmpty() ? 0 : scores.getFirst(),
        scores.isEmpty() ? 0 : scores.get(scores.size() / 2), scores.isEmpty() ? 0 : scores.getLast(), deviation,
        millis.get(millis.size() / 2));
  }

  private static Optional<String> contradiction(GoldenSituation golden, Verdict verdict, RiskLevel level) {
    String words = (verdict.summary() + " " + verdict.reasoning()).toLowerCase(Locale.ROOT);
    boolean namesOther = Arrays.stream(RiskLevel.values())
        .anyMatch(other -> other != level && words.contains(other.wireName() + " risk"));
    boolean deniesPerson = golden.situation().subject() == ObjectGroup.PERSON
        && (words.contains("no person") || words.contains("nobody was") || words.contains("no one was"));
    boolean otherScore = words.matches("(?s).*score (?:is |of )?\\d+.*")
        && !words.matches("(?s).*score (?:is |of )?" + verdict.riskScore() + "\\b.*");
    return namesOther || deniesPerson || otherScore
        ? Optional.of(golden.name() + ": " + verdict.riskScore() + ", " + words)
        : Optional.empty();
  }
}
