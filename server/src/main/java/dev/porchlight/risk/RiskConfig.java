package dev.porchlight.risk;

import dev.porchlight.config.Settings;
import dev.porchlight.domain.RiskLevel;
import java.time.ZoneId;

/**
 * From which score on an event is how risky, and what the clock says at home.
 *
 * @param homeZone the zone in which rules about hours are meant
 */
public record RiskConfig(int mediumFrom, int highFrom, int criticalFrom, ZoneId homeZone) {
  /** Reads {@code risk.medium-from}, {@code risk.high-from}, {@code risk.critical-from} and {@code home.zone}. */
  public static RiskConfig read(Settings settings) {
    var config = new RiskConfig(settings.integer("risk.medium-from", 30, 1, 100),
        settings.integer("risk.high-from", 60, 1, 100), settings.integer("risk.critical-from", 85, 1, 100),
        settings.zone("home.zone", ZoneId.systemDefault()));
    if (!(config.mediumFrom < config.highFrom && config.highFrom < config.criticalFrom)) {
      settings.mistake("risk.medium-from, risk.high-from and risk.critical-from must rise: " + config.mediumFrom + ", "
          + config.highFrom + ", " + config.criticalFrom);
    }
    return config;
  }

  /** The level of a score from 0 to 100. */
  public RiskLevel levelOf(int score) {
    if (score >= criticalFrom) {
      return RiskLevel.CRITICAL;
    }
    if (score >= highFrom) {
      return RiskLevel.HIGH;
    }
    return score >= mediumFrom ? RiskLevel.MEDIUM : RiskLevel.LOW;
  }
}
