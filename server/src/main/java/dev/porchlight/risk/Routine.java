package dev.porchlight.risk;

import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.PastEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a camera's own past says of a situation: its last 30 days, around the same time of day, about the same subject.
 *
 * @param days        how many of the last 30 days the camera has been there, 0 to 30
 * @param daysSeen    on how many of them the same subject was seen within an hour of this time of day
 * @param falseAlarms how many events of those people called a false alarm
 * @param missed      how many events of those people said to have mattered more
 */
record Routine(int days, int daysSeen, int falseAlarms, int missed) {
  /** Nothing is known yet. */
  static final Routine UNKNOWN = new Routine(0, 0, 0, 0);

  /** The most events that are looked at: an event a minute for 30 days are fewer. */
  static final int MOST_EVENTS = 50_000;

  private static final int DAYS = 30;
  private static final Duration AROUND = Duration.ofHours(1);

  /** The beginning of the past that counts. */
  static Instant since(ZonedDateTime now) {
    return now.minusDays(DAYS).toInstant();
  }

  /**
   * Counts.
   *
   * @param past       the camera's events of those days
   * @param now        the time of the situation, at home
   * @param knownSince when the camera became known
   */
  static Routine of(List<PastEvent> past, ObjectGroup subject, ZonedDateTime now, Instant knownSince) {
    Set<LocalDate> seen = new HashSet<>();
    int falseAlarms = 0;
    int missed = 0;
    for (PastEvent event : past) {
      ZonedDateTime at = event.startedAt().atZone(now.getZone());
      if (event.subject() != subject || !isAround(at.toLocalTime(), now.toLocalTime())) {
        continue;
      }
      falseAlarms += event.opinion() == Opinion.FALSE_ALARM ? 1 : 0;
      missed += event.opinion() == Opinion.MISSED ? 1 : 0;
      // Today's own events are what this is about, not what is usual.
      if (!at.toLocalDate().equals(now.toLocalDate())) {
        seen.add(at.toLocalDate());
      }
    }
    long days = ChronoUnit.DAYS.between(knownSince.atZone(now.getZone()).toLocalDate(), now.toLocalDate());
    // Pictures may be older than the day on which the camera became known here.
    int known = Math.clamp(Math.max(days, seen.size()), 0, DAYS);
    return new Routine(known, Math.min(seen.size(), known), falseAlarms, missed);
  }

  private static boolean isAround(LocalTime time, LocalTime now) {
    long apart = Math.abs(time.toSecondOfDay() - now.toSecondOfDay());
    return Math.min(apart, Duration.ofDays(1).toSeconds() - apart) <= AROUND.toSeconds();
  }
}
