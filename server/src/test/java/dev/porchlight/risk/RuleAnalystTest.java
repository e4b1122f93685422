package dev.porchlight.risk;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class RuleAnalystTest {
  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  private final RuleAnalyst rules = new RuleAnalyst();

  /** Type, how many at once, seconds, hour in Berlin in winter, confidence, and the level it must get. */
  @ParameterizedTest
  @CsvSource({"person, 1, 0, 12, 0.9, MEDIUM", "person, 1, 41, 3, 0.95, HIGH", "person, 2, 65, 3, 0.9, CRITICAL",
    "person, 4, 600, 15, 0.9, HIGH", "cat, 1, 20, 3, 0.9, LOW", "car, 1, 3, 12, 0.9, LOW",
    "car, 1, 120, 2, 0.9, MEDIUM",
    "person, 1, 0, 12, 0.51, MEDIUM", "bear, 1, 0, 12, 0.9, LOW"})
  void aSituationGetsTheLevelThatAHomeWouldGiveIt(String type, int count, int seconds, int hour, double confidence,
      RiskLevel level) {
    Verdict verdict = rules.judge(situation(type, count, seconds, hour, confidence));

    assertThat(new RiskConfig(30, 60, 85).levelOf(verdict.riskScore())).as(verdict.reasoning())
        .isEqualTo(level);
  }

  @Test
  void theReasoningNamesEveryRuleAndSaysThatNoLanguageModelWasAsked() {
    Verdict verdict = rules.judge(situation("person", 2, 41, 3, 0.95));

    assertThat(verdict.summary()).isEqualTo("2 persons at front for 41 s");
    assertThat(verdict.reasoning()).contains("no language model was asked", "+40 a person is there",
        "+10 2 persons at once", "+8 it went on for 41 s", "+25 at night, 03:00", "+5 the detector is sure, 95 %",
        "Score 88");
    assertThat(verdict.riskScore()).isEqualTo(88);
  }

  @Test
  void twentyPicturesOfOnePersonShowOnePerson() {
    assertThat(rules.judge(situation("person", 1, 20, 12, 0.9)).summary()).isEqualTo("1 person at front for 20 s");
  }

  @Test
  void theHourIsThatOfTheHomeThroughDaylightSaving() {
    Instant summer = Instant.parse("2026-07-01T20:30:00Z");
    Instant winter = Instant.parse("2026-01-01T20:30:00Z");

    assertThat(rules.judge(at(summer)).reasoning()).contains("at night, 22:30");
    assertThat(rules.judge(at(winter)).reasoning()).doesNotContain("at night");
  }

  private static Situation at(Instant time) {
    return situation(new Batch(1, "front", time, time),
        List.of(new Detection(1, "front", "person", 0.9, time, 0, 0, 1, 1)));
  }

  private static Situation situation(String type, int count, int seconds, int hour, double confidence) {
    Instant start = Instant.parse("2026-01-15T00:00:00Z").atZone(BERLIN).withHour(hour).toInstant();
    var detections = new ArrayList<Detection>();
    for (int second = 0; second <= seconds; second++) {
      for (int i = 0; i < count; i++) {
        detections.add(new Detection(detections.size() + 1, "front", type, confidence, start.plusSeconds(second), 0, 0,
            1, 1));
      }
    }
    return situation(new Batch(1, "front", start, start.plusSeconds(seconds)), detections);
  }

  private static Situation situation(Batch batch, List<Detection> detections) {
    var camera = Camera.made("front", "front", CameraSettings.STANDARD, batch.firstAt());
    return new Situation(batch, true, camera, detections, List.of(),
        new Home(new HomeConfig(BERLIN, null, "")).at(batch.firstAt()), Routine.UNKNOWN, "");
  }
}
