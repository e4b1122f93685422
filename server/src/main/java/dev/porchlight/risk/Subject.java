package dev.porchlight.risk;

import dev.porchlight.domain.Movement;
import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.SceneKind;
import dev.porchlight.domain.Visit;
import java.time.Duration;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What rules ask about whom a situation is about.
 *
 * @param types      what was seen of the group
 * @param count      the most at the same time
 * @param stay       of the one that stayed longest: passers-by who follow one another do not stay
 * @param movement   of that one
 * @param confidence the highest, 0 to 1
 * @param scene      what the camera overlooks; null when nobody has said
 */
record Subject(ObjectGroup group, Set<String> types, int count, Duration stay, Movement movement, double confidence,
    @Nullable SceneKind scene, HomeTime time, Routine routine) {
  private static final LocalTime NIGHT_FROM = LocalTime.of(22, 0);
  private static final LocalTime NIGHT_TO = LocalTime.of(6, 0);
  private static final LocalTime DEEP_FROM = LocalTime.of(0, 0);
  private static final LocalTime DEEP_TO = LocalTime.of(5, 0);
  private static final DateTimeFormatter CLOCK = DateTimeFormatter.ofPattern("HH:mm", Locale.ROOT);

  static Subject of(Situation situation) {
    ObjectGroup group = situation.subject();
    Optional<Visit> longest = situation.visits()
        .stream()
        .filter(visit -> isOf(group, visit.objectType()))
        .max(Comparator.comparing(Visit::length));
    Set<String> types = situation.mostAtOnce()
        .keySet()
        .stream()
        .filter(type -> isOf(group, type))
        .collect(Collectors.toUnmodifiableSet());
    return new Subject(group, types, situation.mostAtOnce(group),
        longest.map(Visit::length).orElseGet(situation::length),
        longest.map(Visit::movement).orElse(Movement.UNKNOWN), situation.mostSure(group),
        situation.camera().settings().scene().kind(), situation.time(), situation.routine());
  }

  /** The hours at which people sleep. */
  boolean isNight() {
    LocalTime now = now();
    return !now.isBefore(NIGHT_FROM) || now.isBefore(NIGHT_TO);
  }

  /** The hours at which nobody calls. */
  boolean isDeepNight() {
    LocalTime now = now();
    return !now.isBefore(DEEP_FROM) && now.isBefore(DEEP_TO);
  }

  boolean isDark() {
    return time.daylight() == Daylight.NIGHT;
  }

  /** What the clock says. */
  String clock() {
    return CLOCK.format(now());
  }

  private LocalTime now() {
    return time.local().toLocalTime();
  }

  private static boolean isOf(ObjectGroup group, String type) {
    return ObjectGroup.of(type).filter(group::equals).isPresent();
  }
}
