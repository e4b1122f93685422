package dev.porchlight.risk;

import dev.porchlight.domain.Movement;
import dev.porchlight.domain.SceneKind;
import java.time.Duration;

/** What rules say of vehicles when nobody is seen with them. */
final class VehicleRules {
  private VehicleRules() {}

  static Points of(Subject subject) {
    var points = new Points();
    points.add(12, "a vehicle is there, and no person");
    where(subject, points);
    boolean stays = subject.stay().compareTo(Duration.ofMinutes(1)) >= 0;
    boolean isStreet = subject.scene() == SceneKind.STREET;
    if (subject.isNight()) {
      points.add(isStreet ? 4 : 12, "at night, " + subject.clock());
      points.add(subject.isDeepNight() && !isStreet ? 4 : 0, "at an hour when nobody calls");
      points.add(stays && !isStreet ? 12 : 0, "stayed for " + subject.stay().toSeconds() + " s");
    }
    points.add(subject.movement() == Movement.PASSING ? -8 : 0, "passing");
    UsualRules.add(subject, points);
    return points;
  }

  private static void where(Subject subject, Points points) {
    switch (subject.scene()) {
      case STREET -> points.add(-8, "on the street");
      case DRIVEWAY -> points.add(8, "in the driveway");
      case ENTRANCE -> points.add(5, "at the entrance");
      case GARDEN -> points.add(20, "in the garden, where no vehicle belongs");
      case INDOORS -> {
        // A garage.
      }
      case null -> {
        // Nobody has said what the camera overlooks.
      }
    }
  }
}
