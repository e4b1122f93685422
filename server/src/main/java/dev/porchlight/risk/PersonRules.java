package dev.porchlight.risk;

import dev.porchlight.domain.SceneKind;
import java.time.Duration;

/** What rules say of people. */
final class PersonRules {
  private static final int COMPANY = 4;

  private final Subject subject;
  private final Points points = new Points();

  private PersonRules(Subject subject) {
    this.subject = subject;
  }

  static Points of(Subject subject) {
    var rules = new PersonRules(subject);
    rules.points.add(30, "a person is there");
    rules.where();
    rules.howMany();
    rules.howLong();
    rules.howTheyMoved();
    rules.when();
    UsualRules.add(subject, rules.points);
    rules.howSure();
    return rules.points;
  }

  private void where() {
    switch (subject.scene()) {
      case STREET -> points.add(-22, "on the street, where everybody may be");
      case DRIVEWAY -> points.add(-4, "in the driveway, where visitors come");
      case ENTRANCE -> points.add(-2, "at the entrance, where visitors come");
      case GARDEN -> points.add(5, "in the garden, which is on nobody's way");
      case INDOORS -> points.add(8, "inside the house");
      case null -> {
        // Nobody has said what the camera overlooks.
      }
    }
  }

  private void howMany() {
    int more = subject.count() - 1;
    String why = subject.count() + " persons at once";
    if (more == 0) {
      return;
    }
    if (subject.scene() == SceneKind.STREET) {
      points.add(Math.min(3 * more, 6), why);
    } else if (subject.isNight()) {
      points.add(Math.min(15 * more, 30), why + " at night");
    } else if (!isPrivate()) {
      points.add(Math.min(10 * more, 20), why);
    } else if (subject.count() >= COMPANY) {
      points.add(-15, why + ", a company rather than a burglar");
    } else {
      points.add(5, why);
    }
  }

  /** Where people live, and stay, by day. */
  private boolean isPrivate() {
    return subject.scene() == SceneKind.GARDEN || subject.scene() == SceneKind.INDOORS;
  }

  private void howLong() {
    if (isPrivate() && !subject.isNight()) {
      return;
    }
    String why = "stayed for " + subject.stay().toSeconds() + " s";
    if (subject.scene() == SceneKind.STREET) {
      points.add(atLeast(300) ? 15 : atLeast(120) ? 8 : 0, why);
    } else {
      points.add(atLeast(180) ? 20 : atLeast(60) ? 10 : atLeast(20) ? 4 : 0, why);
    }
  }

  private void howTheyMoved() {
    switch (subject.movement()) {
      case APPROACHING -> points.add(subject.scene() == SceneKind.STREET ? 2 : 5, "coming nearer");
      case PASSING -> points.add(-10, "passing");
      case LEAVING -> points.add(-3, "going away");
      case LINGERING -> {
        if (atLeast(20) && !(isPrivate() && !subject.isNight())) {
          points.add(10, "lingering");
        }
      }
      case STILL, UNKNOWN -> {
        // Says nothing of somebody who waits at a door.
      }
    }
  }

  private void when() {
    String clock = subject.clock();
    if (subject.isNight()) {
      int dark = subject.scene() == SceneKind.STREET ? 15 : 25;
      points.add(subject.isDark() ? dark : 10, "at night, " + clock);
      points.add(subject.isDeepNight() ? (subject.scene() == SceneKind.STREET ? 4 : 8) : 0,
          "at an hour when nobody calls");
    } else if (subject.isDark()) {
      points.add(subject.scene() == SceneKind.STREET ? 3 : 10, "in the dark, " + clock);
    } else if (subject.time().daylight() == Daylight.TWILIGHT) {
      points.add(subject.scene() == SceneKind.STREET ? 2 : 5, "in twilight, " + clock);
    }
  }

  private void howSure() {
    String percent = "the detector is " + Math.round(subject.confidence() * 100) + " % sure";
    if (subject.confidence() < 0.6) {
      points.add(-10, percent);
    } else if (subject.confidence() >= 0.9) {
      points.add(4, percent);
    }
  }

  private boolean atLeast(int seconds) {
    return subject.stay().compareTo(Duration.ofSeconds(seconds)) >= 0;
  }
}
