package dev.porchlight.risk;

import dev.porchlight.config.Settings;
import dev.porchlight.domain.RiskLevel;

/** From which score on an event is how risky. */
public record RiskConfig(int mediumFrom, int highFrom, int criticalFrom) {
  /** Reads {@code risk.medium-from}, {@code risk.high-from} and {@code risk.critical-from}. */
  public static RiskConfig read(Settings settings) {
    var config = new RiskConfig(settings.integer("risk.medium-from", 30, 1, 100),
        settings.integer("risk.high-from", 60, 1, 100), settings.integer("risk.critical-from", 85, 1, 100));
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
