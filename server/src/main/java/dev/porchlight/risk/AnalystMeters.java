package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Verdict;
import dev.porchlight.risk.Model.Outcome;
import dev.porchlight.store.AnalysisStore.Backlog;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** What is counted of the analyst's work. Thread-safe. */
final class AnalystMeters {
  private static final double[] LEVELS = {29, 59, 84, 100};

  private final MeterRegistry registry;
  private final Clock clock;
  private final Counter fallbacks;
  private volatile Backlog backlog = new Backlog(0, Instant.EPOCH, 0);

  AnalystMeters(MeterRegistry registry, Clock clock) {
    this.registry = registry;
    this.clock = clock;
    this.fallbacks = Counter.builder("porchlight.analyst.fallbacks")
        .description("Verdicts that rules gave since the language model did not")
        .register(registry);
    Gauge.builder("porchlight.analyst.backlog", () -> backlog.waiting())
        .description("Events that wait to be put before the language model")
        .register(registry);
    Gauge.builder("porchlight.analyst.backlog.age", () -> age().toMillis() / 1_000.0)
        .description("How long the oldest of them has waited")
        .baseUnit("seconds")
        .register(registry);
    Gauge.builder("porchlight.analyst.set.aside", () -> backlog.setAside())
        .description("Events that the language model failed at after all tries")
        .register(registry);
  }

  void asked(Outcome outcome, long nanos) {
    String result = switch (outcome) {
      case Outcome.Answered _ -> "answered";
      case Outcome.Failed failed -> failed.kind().name().toLowerCase(Locale.ROOT);
    };
    Timer.builder("porchlight.analyst.asked")
        .description("How long the language model took, by what came of it")
        .tag("result", result)
        .register(registry)
        .record(nanos, TimeUnit.NANOSECONDS);
    Analysis analysis = outcome.analysis();
    tokens("prompt", analysis.promptTokens());
    tokens("completion", analysis.completionTokens());
  }

  void judged(Verdict verdict) {
    DistributionSummary.builder("porchlight.analyst.score")
        .description("Risk scores, by who gave them")
        .tag("analyst", verdict.analyst())
        .serviceLevelObjectives(LEVELS)
        .register(registry)
        .record(verdict.riskScore());
  }

  void fellBack() {
    fallbacks.increment();
  }

  /** The model named another level than its score means. */
  void levelDisagreed() {
    disagreed("level");
  }

  /** The model's score is far from that of the rules. */
  void scoreDisagreed() {
    disagreed("score");
  }

  private void disagreed(String about) {
    Counter.builder("porchlight.analyst.disagreements")
        .description("Verdicts of the language model that do not fit its own level, or the rules' score")
        .tag("about", about)
        .register(registry)
        .increment();
  }

  void backlog(Backlog now) {
    backlog = now;
  }

  Backlog backlog() {
    return backlog;
  }

  private Duration age() {
    Backlog now = backlog;
    return now.waiting() == 0 ? Duration.ZERO : Duration.between(now.oldest(), clock.instant());
  }

  private void tokens(String kind, @Nullable Long count) {
    if (count != null) {
      Counter.builder("porchlight.analyst.tokens")
          .description("Tokens that the language model has read and written")
          .tag("kind", kind)
          .register(registry)
          .increment(count);
    }
  }
}
