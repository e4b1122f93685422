package dev.porchlight.risk;

import dev.porchlight.risk.HomeConfig.Location;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZonedDateTime;
import org.shredzone.commons.suncalc.SunPosition;

/** Tells what time and how light it is at home. Immutable. */
final class Home {
  /** Nobody has said where home is: then these hours are night, winter and summer. */
  private static final LocalTime NIGHT_FROM = LocalTime.of(22, 0);
  private static final LocalTime NIGHT_TO = LocalTime.of(6, 0);
  /** Degrees above the horizon at which the upper edge of the sun is seen to set, by the air's refraction. */
  private static final double SUNSET = -0.833;
  /** Below this the horizon cannot be made out: the end of civil twilight. */
  private static final double END_OF_CIVIL_TWILIGHT = -6;

  private final HomeConfig config;

  Home(HomeConfig config) {
    this.config = config;
  }

  HomeTime at(Instant instant) {
    ZonedDateTime local = instant.atZone(config.zone());
    return new HomeTime(local, daylight(local));
  }

  private Daylight daylight(ZonedDateTime local) {
    Location location = config.location();
    if (location == null) {
      LocalTime time = local.toLocalTime();
      return !time.isBefore(NIGHT_FROM) || time.isBefore(NIGHT_TO) ? Daylight.NIGHT : Daylight.DAY;
    }
    double altitude = SunPosition.compute()
        .on(local)
        .at(location.latitude(), location.longitude())
        .execute()
        .getTrueAltitude();
    if (altitude > SUNSET) {
      return Daylight.DAY;
    }
    return altitude > END_OF_CIVIL_TWILIGHT ? Daylight.TWILIGHT : Daylight.NIGHT;
  }
}
