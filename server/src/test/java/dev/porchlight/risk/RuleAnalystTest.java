package dev.porchlight.risk;

import dev.porchlight.domain.Movement;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.SceneKind;
import dev.porchlight.domain.Verdict;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RuleAnalystTest {
  private final RuleAnalyst rules = new RuleAnalyst();

  @Test
  void theReasoningNamesEveryRuleWithItsPointsAndTheSum() {
    Verdict verdict = rules.judge(Situated.at(3)
        .scene(SceneKind.ENTRANCE)
        .routine(new Routine(30, 0, 0, 0))
        .sees(2, "person", 65, Movement.APPROACHING, 0.95)
        .made());

    assertThat(verdict.summary()).isEqualTo("2 persons at Front door for 65 s, approaching");
    assertThat(verdict.reasoning())
        .isEqualTo("Judged by rules: +30 a person is there; -2 at the entrance, where visitors "
            + "come; +15 2 persons at once at night; +10 stayed for 65 s; +5 coming nearer; +25 at night, 03:00; +8 at an hour "
            + "when nobody calls; +10 never seen at this hour in the last 30 days; +4 the detector is 95 % sure; score 100.");
    assertThat(verdict.riskScore()).isEqualTo(100);
  }

  @Test
  void passersByWhoFollowOneAnotherDoNotStay() {
    Situation passing = Situated.at(12).scene(SceneKind.ENTRANCE).sees(1, "person", 4, Movement.PASSING).made();

    assertThat(rules.judge(passing).summary()).isEqualTo("1 person at Front door for 4 s, passing");
    assertThat(rules.judge(passing).reasoning()).doesNotContain("stayed");
  }

  /** What people call a false alarm changes the next verdict at that camera and hour, and says so. */
  @Test
  void falseAlarmsLowerTheNextVerdict() {
    Verdict first = gardener(0);
    Verdict second = gardener(1);
    Verdict third = gardener(2);

    assertThat(level(first)).isEqualTo(RiskLevel.MEDIUM);
    assertThat(second.riskScore()).isEqualTo(first.riskScore() - 8);
    assertThat(level(third)).isEqualTo(RiskLevel.LOW);
    assertThat(third.reasoning()).contains("-16 called a false alarm 2 times at this hour");
  }

  @Test
  void noNumberOfFalseAlarmsMakesACameraBlindAtNight() {
    Situation visitor = Situated.at(3)
        .scene(SceneKind.GARDEN)
        .routine(new Routine(30, 3, 50, 0))
        .sees(1, "person", 70, Movement.APPROACHING)
        .made();

    Verdict verdict = rules.judge(visitor);

    assertThat(verdict.reasoning()).contains("-12 called a false alarm 50 times");
    assertThat(level(verdict)).isEqualTo(RiskLevel.HIGH);
  }

  @Test
  void whatWasSaidToMatterCountsMoreUpToABound() {
    Situation situation = Situated.at(14)
        .routine(new Routine(3, 0, 0, 9))
        .sees(1, "person", 5, Movement.STILL)
        .made();

    assertThat(rules.judge(situation).reasoning()).contains("+16 said to matter more 9 times");
  }

  @Test
  void aFewDaysSayNothingOfWhatIsUsual() {
    Situation situation = Situated.at(14)
        .routine(new Routine(6, 0, 0, 0))
        .sees(1, "person", 5, Movement.STILL)
        .made();

    assertThat(rules.judge(situation).reasoning()).doesNotContain("never seen");
  }

  @Test
  void theScoreStaysWithinItsBounds() {
    Situation crowd = Situated.at(2)
        .scene(SceneKind.GARDEN)
        .routine(new Routine(30, 0, 0, 5))
        .sees(6, "person", 600, Movement.LINGERING, 0.99)
        .made();
    Situation bus = Situated.at(12)
        .scene(SceneKind.STREET)
        .routine(new Routine(30, 30, 9, 0))
        .sees(1, "bus", 3, Movement.PASSING)
        .made();

    assertThat(rules.judge(crowd).riskScore()).isEqualTo(100);
    assertThat(rules.judge(bus).riskScore()).isZero();
  }

  private Verdict gardener(int falseAlarms) {
    return rules.judge(Situated.at(10)
        .scene(SceneKind.GARDEN)
        .routine(new Routine(30, 4, falseAlarms, 0))
        .sees(1, "person", 1_800, Movement.LINGERING)
        .made());
  }

  private static RiskLevel level(Verdict verdict) {
    return new RiskConfig(30, 60, 85).levelOf(verdict.riskScore());
  }
}
