package dev.porchlight.risk;

import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Verdict;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Judges by rules: who, how many, how long, at what hour, how sure. Each rule adds or takes points, and the reasoning
 * names every rule that did. Immutable.
 */
final class RuleAnalyst implements Analyst {
  /** The name under which its verdicts are stored. */
  static final String NAME = "rules";

  private static final LocalTime NIGHT_FROM = LocalTime.of(22, 0);
  private static final LocalTime NIGHT_TO = LocalTime.of(6, 0);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);
  private static final double SURE = 0.8;
  private static final double UNSURE = 0.6;
  private static final Map<String, String> PLURALS = Map.of("person", "persons", "bus", "buses", "sheep", "sheep");

  @Override
  public Verdict judge(Situation situation) {
    ObjectGroup subject = situation.subject();
    LocalTime time = situation.time().local().toLocalTime();
    var points = new ArrayList<Points>();
    points.add(whoIsThere(subject));
    howMany(subject, situation.mostAtOnce(subject), points);
    howLong(subject, situation.length(), points);
    atWhatHour(subject, time, points);
    howSure(situation.mostSure(subject), points);
    int score = Math.clamp(points.stream().mapToInt(Points::value).sum(), 0, 100);
    return new Verdict(score, summary(situation), reasoning(score, points), NAME);
  }

  private static Points whoIsThere(ObjectGroup subject) {
    return switch (subject) {
      case PERSON -> new Points(40, "a person is there");
      case VEHICLE -> new Points(15, "a vehicle is there, and no person");
      case ANIMAL -> new Points(5, "only an animal is there");
    };
  }

  private static void howMany(ObjectGroup subject, int count, List<Points> points) {
    if (subject == ObjectGroup.PERSON && count > 1) {
      points.add(new Points(Math.min(10 * (count - 1), 20), count + " persons at once"));
    }
  }

  private static void howLong(ObjectGroup subject, Duration length, List<Points> points) {
    if (subject == ObjectGroup.ANIMAL) {
      return;
    }
    long seconds = length.toSeconds();
    if (seconds >= 60) {
      points.add(new Points(15, "it went on for " + seconds + " s"));
    } else if (seconds >= 20) {
      points.add(new Points(8, "it went on for " + seconds + " s"));
    }
  }

  private static void atWhatHour(ObjectGroup subject, LocalTime time, List<Points> points) {
    boolean isNight = !time.isBefore(NIGHT_FROM) || time.isBefore(NIGHT_TO);
    if (!isNight) {
      return;
    }
    switch (subject) {
      case PERSON -> points.add(new Points(25, "at night, " + CLOCK.format(time)));
      case VEHICLE -> points.add(new Points(10, "at night, " + CLOCK.format(time)));
      case ANIMAL -> {
        // Animals are out at night.
      }
    }
  }

  private static void howSure(double confidence, List<Points> points) {
    String percent = Math.round(confidence * 100) + " %";
    if (confidence >= SURE) {
      points.add(new Points(5, "the detector is sure, " + percent));
    } else if (confidence < UNSURE) {
      points.add(new Points(-10, "the detector is not sure, " + percent));
    }
  }

  private static String summary(Situation situation) {
    String what = situation.mostAtOnce()
        .entrySet()
        .stream()
        .map(entry -> count(entry.getKey(), entry.getValue()))
        .collect(Collectors.joining(", "));
    long seconds = situation.length().toSeconds();
    return upperFirst(what) + " at " + situation.batch().cameraId() + (seconds == 0 ? "" : " for " + seconds + " s");
  }

  private static String count(String type, int count) {
    return count == 1 ? "1 " + type : count + " " + PLURALS.getOrDefault(type, type + "s");
  }

  private static String upperFirst(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }

  private static String reasoning(int score, List<Points> points) {
    String rules = points.stream().map(Points::toString).collect(Collectors.joining("; "));
    return "Judged by rules, no language model was asked. " + rules + ". Score " + score + ".";
  }

  /** What one rule said. */
  private record Points(int value, String why) {
    @Override
    public String toString() {
      return String.format(Locale.ROOT, "%+d %s", value, why);
    }
  }
}
