package dev.porchlight.risk;

import dev.porchlight.domain.Verdict;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges by rules: who, where, how many, how long, how they moved, how dark it was, and what is usual here. Each rule adds or
 * takes points, and the reasoning names every rule that did. Immutable. What the points are is told in
 * {@code docs/risk.md}.
 */
final class RuleAnalyst implements Analyst {
  /** The name under which its verdicts are stored. */
  static final String NAME = "rules";

  private static final Map<String, String> PLURALS = Map.of("person", "persons", "bus", "buses", "sheep", "sheep");

  @Override
  public Verdict judge(Situation situation) {
    Subject subject = Subject.of(situation);
    Points points = switch (subject.group()) {
      case PERSON -> PersonRules.of(subject);
      case VEHICLE -> VehicleRules.of(subject);
      case ANIMAL -> AnimalRules.of(subject);
    };
    return new Verdict(points.score(), summary(situation, subject), "Judged by rules: " + points.text() + ".", NAME);
  }

  private static String summary(Situation situation, Subject subject) {
    String what = situation.mostAtOnce()
        .entrySet()
        .stream()
        .map(entry -> count(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
    long seconds = subject.stay().toSeconds();
    String movement = switch (subject.movement()) {
      case APPROACHING -> ", approaching";
      case LEAVING -> ", leaving";
      case PASSING -> ", passing";
      case LINGERING -> ", lingering";
      case STILL, UNKNOWN -> "";
    };
    return upperFirst(what) + " at " + situation.camera().name() + (seconds == 0 ? "" : " for " + seconds + " s")
        + movement;
  }

  private static String count(String type, int count) {
    return count == 1 ? "1 " + type : count + " " + PLURALS.getOrDefault(type, type + "s");
  }

  private static String upperFirst(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}
