package dev.porchlight.risk;

import dev.porchlight.domain.Analysis;
import dev.porchlight.domain.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A language model that does as it is told. Thread-safe. */
final class ScriptedModel implements Model {
  static final String NAME = "scripted";

  private final List<Situation> asked = new CopyOnWriteArrayList<>();
  private final List<Duration> allowed = new CopyOnWriteArrayList<>();
  private final AtomicInteger atOnce = new AtomicInteger();
  private final AtomicInteger mostAtOnce = new AtomicInteger();
  private volatile Behaviour behaviour = ScriptedModel::answer;
  private volatile boolean isReady = true;

  /** What it does from here on. */
  void does(Behaviour next) {
    behaviour = next;
  }

  void setReady(boolean ready) {
    isReady = ready;
  }

  /** What it was asked, in order. */
  List<Situation> asked() {
    return asked;
  }

  /** How long it was given for each answer. */
  List<Duration> allowed() {
    return allowed;
  }

  /** How many situations were put before it at the same time, at most. */
  int mostAtOnce() {
    return mostAtOnce.get();
  }

  /** Answers with a low score. */
  static Outcome answer(Situation situation, Duration within) {
    return new Outcome.Answered(new Verdict(7, "Batch " + situation.batch().id(), "Nothing to fear.", NAME),
        Analysis.silent(NAME, Instant.EPOCH, Duration.ZERO), null);
  }

  /** Fails at once. */
  static Behaviour failing(Failure kind) {
    return (_, _) -> failed(kind);
  }

  /** Does not answer until {@code released}, or until time is up, which it takes for the end of it. */
  static Behaviour hanging(CountDownLatch released) {
    return (situation, within) -> released.await(within.toNanos(), TimeUnit.NANOSECONDS)
        ? answer(situation, within)
        : failed(Failure.TIMEOUT);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public boolean isReady() {
    return isReady;
  }

  @Override
  public Outcome ask(Situation situation, Duration within) throws InterruptedException {
    allowed.add(within);
    asked.add(situation);
    mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
    try {
      return behaviour.ask(situation, within);
    } finally {
      atOnce.decrementAndGet();
    }
  }

  private static Outcome failed(Failure kind) {
    return new Outcome.Failed(kind,
        new Analysis(NAME, Instant.EPOCH, Duration.ZERO, List.of(), List.of(), null, null, "it " + kind));
  }

  /** What a model does when it is asked. */
  interface Behaviour {
    Outcome ask(Situation situation, Duration within) throws InterruptedException;
  }
}
