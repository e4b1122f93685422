package dev.porchlight.risk;

import dev.porchlight.domain.Movement;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.SceneKind;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A situation with what it must be taken for.
 *
 * @param level    the right one
 * @param accepted another that some people would give it
 */
record GoldenSituation(String name, Situation situation, RiskLevel level, Optional<RiskLevel> accepted) {
  /** All situations of {@code golden/situations.txt}. */
  static List<GoldenSituation> all() {
    try (InputStream in = Objects.requireNonNull(GoldenSituation.class.getResourceAsStream("/golden/situations.txt"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines()
          .filter(line -> !line.isBlank() && !line.startsWith("#"))
          .map(GoldenSituation::parse)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean accepts(RiskLevel given) {
    return given == level || accepted.filter(given::equals).isPresent();
  }

  @Override
  public String toString() {
    return name;
  }

  private static GoldenSituation parse(String line) {
    String[] fields = line.split("\\s*\\|\\s*", -1);
    if (fields.length != 7) {
      throw new IllegalArgumentException("seven fields, please: " + line);
    }
    Situated made = Situated.at(Integer.parseInt(fields[2]))
        .scene(SceneKind.ofWireName(fields[1]).orElse(null))
        .light(Daylight.valueOf(fields[3].toUpperCase(Locale.ROOT)))
        .routine(routine(fields[5].split(" ", -1)));
    if (fields[4].startsWith("@")) {
      made.seen(fields[4].substring(1));
    } else {
      for (String who : fields[4].split(" \\+ ", -1)) {
        see(made, who.split(" ", -1));
      }
    }
    String[] levels = fields[6].replace(")", "").split("[ (]+", -1);
    return new GoldenSituation(fields[0], made.made(), RiskLevel.ofWireName(levels[0]),
        levels.length < 2 ? Optional.empty() : Optional.of(RiskLevel.ofWireName(levels[1])));
  }

  private static void see(Situated made, String[] who) {
    made.sees(Integer.parseInt(who[0]), who[1], Integer.parseInt(who[2]),
        Movement.valueOf(who[3].toUpperCase(Locale.ROOT)), who.length > 4 ? Double.parseDouble(who[4]) : 0.85);
  }

  private static Routine routine(String[] past) {
    return new Routine(Integer.parseInt(past[0]), Integer.parseInt(past[1]), Integer.parseInt(past[2]),
        Integer.parseInt(past[3]));
  }
}
