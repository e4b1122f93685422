package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.Verdict;
import dev.porchlight.risk.Model.Outcome;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has a situation judged: by the language model when there is one and it answers in time, else by rules. Thread-safe.
 */
final class Judge {
  /** More than a level: a model that was talked into something is not followed without a word. */
  private static final int FAR_APART = 40;

  private final RiskConfig risk;
  private final AnalystConfig config;
  private final Analyst rules;
  private final @Nullable Model model;
  private final Clock clock;
  private final LongSupplier nanoTime;
  private final AnalystMeters meters;
  /** First come, first served: nobody's time runs out because of somebody who came later. */
  private final Semaphore slots;

  Judge(RiskConfig risk, AnalystConfig config, Analyst rules, @Nullable Model model, Clock clock, LongSupplier nanoTime,
      AnalystMeters meters) {
    this.risk = risk;
    this.config = config;
    this.rules = rules;
    this.model = model;
    this.clock = clock;
    this.nanoTime = nanoTime;
    this.meters = meters;
    this.slots = new Semaphore(config.inFlight(), true);
  }

  /** The model that is asked; null when rules alone judge. */
  @Nullable
  Model model() {
    return model;
  }

  /** The time. */
  Instant now() {
    return clock.instant();
  }

  /** True when it makes sense to ask the model now: there is one, it has not just failed, and a slot is free. */
  boolean isModelFree() {
    return model != null && model.isReady() && slots.availablePermits() > 0;
  }

  /** Judges, within {@code analyst.timeout}; rules answer when the model does not. */
  Judgement judge(Situation situation) throws InterruptedException {
    if (model == null) {
      return byRules(situation, List.of(), false);
    }
    return switch (ask(model, situation)) {
      case Outcome.Answered answered -> byModel(situation, answered);
      case Outcome.Failed failed -> {
        meters.fellBack();
        yield byRules(situation, List.of(failed.analysis()), true);
      }
    };
  }

  /** Puts a situation before the model. */
  Outcome ask(Model asked, Situation situation) throws InterruptedException {
    Instant startedAt = clock.instant();
    long began = nanoTime.getAsLong();
    Outcome outcome = withSlot(asked, situation, startedAt, began);
    meters.asked(outcome, nanoTime.getAsLong() - began);
    return outcome;
  }

  /** The judgement that a model's answer is. */
  Judgement byModel(Situation situation, Outcome.Answered answered) {
    Verdict verdict = answered.verdict();
    String claimed = answered.claimedLevel();
    if (claimed != null && !claimed.equals(risk.levelOf(verdict.riskScore()).wireName())) {
      meters.levelDisagreed();
    }
    int byRules = rules.judge(situation).riskScore();
    if (Math.abs(byRules - verdict.riskScore()) >= FAR_APART) {
      meters.scoreDisagreed();
      verdict = new Verdict(verdict.riskScore(), verdict.summary(),
          verdict.reasoning() + " (Rules alone would have given a score of " + byRules + ".)", verdict.analyst());
    }
    return judgement(situation, verdict, List.of(answered.analysis()), false);
  }

  /** What rules say, whoever was asked before. */
  Judgement byRules(Situation situation, List<Analysis> before, boolean retry) {
    Instant startedAt = clock.instant();
    long began = nanoTime.getAsLong();
    Verdict verdict = rules.judge(situation);
    var analyses = new ArrayList<>(before);
    analyses.add(Analysis.silent(verdict.analyst(), startedAt, Duration.ofNanos(nanoTime.getAsLong() - began)));
    return judgement(situation, before.isEmpty() ? verdict : because(verdict, before.getLast()), analyses, retry);
  }

  private Outcome withSlot(Model asked, Situation situation, Instant startedAt, long began)
      throws InterruptedException {
    if (!asked.isReady()) {
      return failed(Model.Failure.UNREACHABLE, asked, startedAt, began,
          "not asked, for it has just failed several times");
    }
    if (!slots.tryAcquire(config.timeout().toNanos(), TimeUnit.NANOSECONDS)) {
      return failed(Model.Failure.BUSY, asked, startedAt, began, "not asked, for it was busy with others all the time");
    }
    try {
      Duration left = config.timeout().minusNanos(nanoTime.getAsLong() - began);
      return left.isPositive()
          ? asked.ask(situation, left)
          : failed(Model.Failure.BUSY, asked, startedAt, began, "not asked, for it was busy with others all the time");
    } finally {
      slots.release();
    }
  }

  private Outcome failed(Model.Failure kind, Model asked, Instant startedAt, long began, String why) {
    var took = Duration.ofNanos(nanoTime.getAsLong() - began);
    return new Outcome.Failed(kind,
        new Analysis(asked.name(), startedAt, took, List.of(), List.of(), null, null, why));
  }

  private Judgement judgement(Situation situation, Verdict verdict, List<Analysis> analyses, boolean retry) {
    meters.judged(verdict);
    return new Judgement(verdict, risk.levelOf(verdict.riskScore()), situation.subject(), analyses,
        situation.isOver(), retry);
  }

  private static Verdict because(Verdict verdict, Analysis failed) {
    return new Verdict(verdict.riskScore(), verdict.summary(), verdict.reasoning() + " The language model "
        + failed.analyst() + " gave no verdict: " + failed.failure() + ".", verdict.analyst());
  }
}
