package dev.porchlight.risk;

import dev.porchlight.config.HttpAddress;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.Verdict;
import dev.porchlight.risk.Model.Outcome;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Has all golden situations judged, and prints how well: by the rules, and by the language model at
 * {@code ANALYST_TEST_URL} (its name in {@code ANALYST_TEST_MODEL}), if there is one.
 */
class GoldenSetTest {
  private static final RiskConfig LEVELS = new RiskConfig(30, 60, 85);
  private static final List<GoldenSituation> SITUATIONS = GoldenSituation.all();
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final RuleAnalyst rules = new RuleAnalyst();

  static List<GoldenSituation> situations() {
    return SITUATIONS;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("situations")
  void theRulesGiveTheLevelThatAHomeWould(GoldenSituation golden) {
    Verdict verdict = rules.judge(golden.situation());

    assertThat(golden.accepts(LEVELS.levelOf(verdict.riskScore())))
        .as("%d, %s instead of %s: %s", verdict.riskScore(), LEVELS.levelOf(verdict.riskScore()), golden.level(),
            verdict.reasoning())
        .isTrue();
  }

  @Test
  void theRulesNeverContradictThemselves() {
    GoldenTable table = GoldenTable.of("rules", SITUATIONS, golden -> Optional.of(rules.judge(golden.situation())));
    System.out.println(table.print());

    assertThat(SITUATIONS).hasSizeGreaterThanOrEqualTo(60);
    assertThat(table.contradictions()).isEmpty();
    assertThat(table.exact()).as("situations with the very level").isGreaterThanOrEqualTo(SITUATIONS.size() * 3 / 4);
    assertThat(table.levels()).as("all levels are given").containsExactlyInAnyOrder(RiskLevel.values());
  }

  @Test
  void aLanguageModelIsMeasuredWhenThereIsOne(@TempDir Path folder) {
    String url = System.getenv("ANALYST_TEST_URL");
    Assumptions.assumeTrue(url != null && !url.isBlank(),
        "Skipped: ANALYST_TEST_URL names no server of a language model to be measured");
    String name = Objects.requireNonNullElse(System.getenv("ANALYST_TEST_MODEL"), "");
    HttpAddress address = Objects.requireNonNull(HttpAddress.parse(url), "ANALYST_TEST_URL is no address");
    var config = new AnalystConfig(address, AnalystConfig.Protocol.OPENAI, name, System.getenv("ANALYST_TEST_KEY"),
        PATIENCE,
        1, 1, PATIENCE, 0, Locale.ENGLISH);
    try (var model = new ChatModel(address, config, Prompts.read(folder), SituationPictures.NONE,
        new AnswerReader(Locale.ENGLISH, LEVELS::levelOf), Clock.systemUTC(), System::nanoTime)) {
      GoldenTable table = GoldenTable.of(model.name(), SITUATIONS, golden -> verdict(model, golden));
      System.out.println(table.print());

      assertThat(table.contradictions()).isEmpty();
    }
  }

  private static Optional<Verdict> verdict(Model model, GoldenSituation golden) {
    try {
      return switch (model.ask(golden.situation(), PATIENCE)) {
        case Outcome.Answered answered -> Optional.of(answered.verdict());
        case Outcome.Failed _ -> Optional.empty();
      };
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
