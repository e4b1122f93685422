package dev.porchlight.risk;

import dev.porchlight.config.Settings;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/**
 * Where home is and who lives there.
 *
 * @param zone      the zone in which rules about hours are meant
 * @param location  where the sun is looked up; null when nobody has said
 * @param household who lives here and what is usual, in the owner's words; empty when nobody has said
 */
public record HomeConfig(ZoneId zone, @Nullable Location location, String household) {
  private static final int LONGEST_HOUSEHOLD = 2_000;
  private static final String LOCATION = "home.location";

  /** Reads {@code home.zone}, {@code home.location} ({@code 52.52,13.40}) and {@code home.household}. */
  public static HomeConfig read(Settings settings) {
    String household = settings.text("home.household", "");
    String said = household == null ? "" : household.strip();
    if (said.length() > LONGEST_HOUSEHOLD) {
      settings.mistake("home.household must have at most " + LONGEST_HOUSEHOLD + " characters, not " + said.length());
    }
    return new HomeConfig(settings.zone("home.zone", ZoneId.systemDefault()), location(settings), said);
  }

  private static @Nullable Location location(Settings settings) {
    String text = settings.text(LOCATION, null);
    if (text == null || text.isBlank()) {
      return null;
    }
    try {
      return Location.parse(text);
    } catch (IllegalArgumentException e) {
      settings.mistake(LOCATION + " " + e.getMessage());
      return null;
    }
  }

  /**
   * A place on earth.
   *
   * @param latitude  in degrees, north is positive, -90 to 90
   * @param longitude in degrees, east is positive, -180 to 180
   */
  public record Location(double latitude, double longitude) {
    public Location {
      if (!(Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180)) {
        throw new IllegalArgumentException(
            "must be a latitude from -90 to 90 and a longitude from -180 to 180: " + latitude + "," + longitude);
      }
    }

    static Location parse(String text) {
      String[] parts = text.split(",", -1);
      if (parts.length == 2) {
        try {
          return new Location(Double.parseDouble(parts[0].strip()), Double.parseDouble(parts[1].strip()));
        } catch (NumberFormatException _) {
          // Said below.
        }
      }
      throw new IllegalArgumentException("must be latitude and longitude, as in 52.52,13.40, not \"" + text + "\"");
    }
  }
}
