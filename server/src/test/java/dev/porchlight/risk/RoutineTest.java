package dev.porchlight.risk;

import dev.porchlight.domain.ObjectGroup;
import dev.porchlight.domain.Opinion;
import dev.porchlight.domain.PastEvent;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoutineTest {
  private static final ZoneId HOME = ZoneId.of("Europe/Berlin");
  private static final ZonedDateTime NOW = ZonedDateTime.of(2026, 4, 10, 12, 30, 0, 0, HOME);
  private static final Instant LONG_AGO = Instant.parse("2025-01-01T00:00:00Z");

  private final List<PastEvent> past = new ArrayList<>();

  @Test
  void daysOnWhichTheSameWasSeenAroundThisTimeAreCounted() {
    seen(1, 12, 0, null);
    seen(1, 12, 45, null);
    seen(2, 13, 30, null);
    seen(3, 13, 31, null);
    seen(4, 11, 29, null);
    seen(5, 11, 30, null);

    assertThat(Routine.of(past, ObjectGroup.PERSON, NOW, LONG_AGO)).isEqualTo(new Routine(30, 3, 0, 0));
    assertThat(Routine.of(past, ObjectGroup.ANIMAL, NOW, LONG_AGO)).isEqualTo(new Routine(30, 0, 0, 0));
  }

  /** Before and after 29 March the wall clock and UTC are another hour apart. */
  @Test
  void theClockOnTheWallCountsThroughDaylightSaving() {
    seen(20, 12, 30, null);
    seen(5, 12, 30, null);

    assertThat(Routine.of(past, ObjectGroup.PERSON, NOW, LONG_AGO).daysSeen()).isEqualTo(2);
  }

  @Test
  void midnightIsNoBorder() {
    ZonedDateTime late = NOW.withHour(0).withMinute(20);
    seen(3, 23, 40, null);
    seen(6, 1, 10, null);
    seen(8, 1, 30, null);

    assertThat(Routine.of(past, ObjectGroup.PERSON, late, LONG_AGO).daysSeen()).isEqualTo(2);
  }

  @Test
  void whatHappenedTodayIsNotWhatIsUsualButWhatPeopleSaidOfItCounts() {
    past.add(new PastEvent(ObjectGroup.PERSON, NOW.minusMinutes(20).toInstant(), 40, Opinion.FALSE_ALARM));
    seen(2, 12, 30, Opinion.FALSE_ALARM);
    seen(2, 18, 0, Opinion.FALSE_ALARM);
    seen(4, 12, 30, Opinion.MISSED);
    seen(5, 12, 30, Opinion.RIGHT);

    assertThat(Routine.of(past, ObjectGroup.PERSON, NOW, LONG_AGO)).isEqualTo(new Routine(30, 3, 2, 1));
  }

  @Test
  void aNewCameraKnowsItsDaysAlone() {
    assertThat(Routine.of(past, ObjectGroup.PERSON, NOW, NOW.minusDays(3).toInstant()).days()).isEqualTo(3);
    assertThat(Routine.of(past, ObjectGroup.PERSON, NOW, NOW.minusHours(1).toInstant()).days()).isZero();
  }

  /** Pictures may be from before the camera was known here, and the clock may have been set back. */
  @Test
  void thereAreNoFewerDaysThanDaysOnWhichSomethingWasSeen() {
    seen(1, 12, 30, null);
    seen(2, 12, 30, null);

    assertThat(Routine.of(past, ObjectGroup.PERSON, NOW, NOW.plusDays(4).toInstant())).isEqualTo(
        new Routine(2, 2, 0, 0));
  }

  private void seen(int daysAgo, int hour, int minute, @Nullable Opinion opinion) {
    past.add(new PastEvent(ObjectGroup.PERSON, NOW.minusDays(daysAgo).withHour(hour).withMinute(minute).toInstant(), 40,
        opinion));
  }
}
