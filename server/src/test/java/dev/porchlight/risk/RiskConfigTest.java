package dev.porchlight.risk;

import dev.porchlight.domain.RiskLevel;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RiskConfigTest {
  @ParameterizedTest
  @CsvSource({"0, LOW", "29, LOW", "30, MEDIUM", "59, MEDIUM", "60, HIGH", "84, HIGH", "85, CRITICAL", "100, CRITICAL"})
  void theLevelComesFromTheScore(int score, RiskLevel level) {
    assertThat(new RiskConfig(30, 60, 85).levelOf(score)).isEqualTo(level);
  }
}
