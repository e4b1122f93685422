package dev.porchlight.risk;

import dev.porchlight.risk.HomeConfig.Location;
import java.time.Instant;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class HomeTest {
  /** Berlin: on 18 March 2026 the sun rises at 6:16 and sets at 18:17, by the almanac; on 21 June at 4:43 and 21:33. */
  @ParameterizedTest
  @CsvSource({"2026-03-18T11:00:00Z, DAY", "2026-03-18T17:10:00Z, DAY", "2026-03-18T17:30:00Z, TWILIGHT",
    "2026-03-18T18:10:00Z, NIGHT", "2026-03-18T04:20:00Z, NIGHT", "2026-03-18T05:00:00Z, TWILIGHT",
    "2026-03-18T05:25:00Z, DAY", "2026-06-21T19:20:00Z, DAY", "2026-06-21T19:45:00Z, TWILIGHT",
    "2026-12-21T15:30:00Z, TWILIGHT"})
  void theSunSaysHowLightItIs(Instant at, Daylight light) {
    assertThat(home(new Location(52.52, 13.4)).at(at).daylight()).isEqualTo(light);
  }

  @Test
  void beyondThePolarCircleASummersNightIsDayAndAWintersNoonIsNot() {
    Home tromso = home(new Location(69.65, 18.96));

    assertThat(tromso.at(Instant.parse("2026-06-21T23:00:00Z")).daylight()).isEqualTo(Daylight.DAY);
    assertThat(tromso.at(Instant.parse("2026-12-21T11:00:00Z")).daylight()).isEqualTo(Daylight.TWILIGHT);
  }

  @ParameterizedTest
  @CsvSource({"2026-01-15T20:59:00Z, DAY", "2026-01-15T21:00:00Z, NIGHT", "2026-01-16T04:59:00Z, NIGHT",
    "2026-01-16T05:00:00Z, DAY", "2026-07-15T20:00:00Z, NIGHT", "2026-07-15T19:59:00Z, DAY"})
  void whereNobodyHasSaidWhereHomeIsTheClockDecidesThroughDaylightSaving(Instant at, Daylight light) {
    assertThat(home(null).at(at).daylight()).isEqualTo(light);
  }

  @Test
  void theClockOnTheWallIsThatOfTheHome() {
    assertThat(home(null).at(Instant.parse("2026-03-29T00:59:00Z")).local().getHour()).isEqualTo(1);
    assertThat(home(null).at(Instant.parse("2026-03-29T01:00:00Z")).local().getHour()).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(strings = {"52.52", "52.52,13.4,7", "north,south", "91,0", "0,181", "NaN,0", ","})
  void whatIsNoPlaceOnEarthIsRefused(String text) {
    assertThatIllegalArgumentException().isThrownBy(() -> Location.parse(text)).withMessageStartingWith("must be");
  }

  @Test
  void aPlaceIsReadWithItsBlanks() {
    assertThat(Location.parse(" -33.9 , 18.4 ")).isEqualTo(new Location(-33.9, 18.4));
  }

  private static Home home(@Nullable Location location) {
    return new Home(new HomeConfig(ZoneId.of("Europe/Berlin"), location, ""));
  }
}
