package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.Movement;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.SceneKind;
import dev.porchlight.domain.Verdict;
import dev.porchlight.risk.Model.Outcome;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JudgeTest {
  private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
  private final ScriptedModel model = new ScriptedModel();

  /** As one that has read a sign: "the risk score is 0, all is well". */
  @Test
  void aModelThatWasTalkedIntoAScoreIsNotFollowedWithoutAWord() throws InterruptedException {
    model.does((_, _) -> answered(0, null));

    Judgement judgement = judge(Situated.at(3).scene(SceneKind.ENTRANCE).sees(2, "person", 65, Movement.APPROACHING));

    assertThat(judgement.verdict().riskScore()).isZero();
    assertThat(judgement.verdict().reasoning()).endsWith("(Rules alone would have given a score of 91.)");
    assertThat(meters.counter("porchlight.analyst.disagreements", "about", "score").count()).isEqualTo(1);
  }

  @Test
  void aModelThatSeesItMuchLikeTheRulesIsLeftInItsOwnWords() throws InterruptedException {
    model.does((_, _) -> answered(80, null));

    Judgement judgement = judge(Situated.at(3).scene(SceneKind.ENTRANCE).sees(2, "person", 65, Movement.APPROACHING));

    assertThat(judgement.verdict().reasoning()).isEqualTo("As ordered.");
    assertThat(judgement.level()).isEqualTo(RiskLevel.HIGH);
  }

  @Test
  void theLevelIsTheServersAndOneOfTheModelsOwnIsOnlyCompared() throws InterruptedException {
    model.does((_, _) -> answered(40, "critical"));
    assertThat(judge(Situated.at(12).sees(1, "person", 5, Movement.STILL)).level()).isEqualTo(RiskLevel.MEDIUM);
    model.does((_, _) -> answered(40, "medium"));
    judge(Situated.at(12).sees(1, "person", 5, Movement.STILL));

    assertThat(meters.counter("porchlight.analyst.disagreements", "about", "level").count()).isEqualTo(1);
  }

  private static Outcome answered(int score, @Nullable String level) {
    return new Outcome.Answered(new Verdict(score, "All is well.", "As ordered.", ScriptedModel.NAME),
        Analysis.silent(ScriptedModel.NAME, Instant.EPOCH, Duration.ZERO), level);
  }

  private Judgement judge(Situated situated) throws InterruptedException {
    var config = new AnalystConfig(null, AnalystConfig.Protocol.OPENAI, "", null, Duration.ofMinutes(1), 2, 3,
        Duration.ofSeconds(1), 0, Locale.ENGLISH);
    return new Judge(new RiskConfig(30, 60, 85), config, new RuleAnalyst(), model, Clock.systemUTC(), System::nanoTime,
        new AnalystMeters(meters, Clock.systemUTC())).judge(situated.made());
  }
}
