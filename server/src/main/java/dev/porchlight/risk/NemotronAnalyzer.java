package dev.porchlight.risk;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Judgement;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Visit;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.risk.Model.Outcome;
import dev.porchlight.store.AnalysisStore.Backlog;
import dev.porchlight.store.EventStore.Judged;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every batch: one event each, stored, then told. Its queue is the store itself, so that nothing is lost between
 * "batch closed" and "event stored". A batch is judged at its end, an urgent one also before it, and the event of one that
 * the language model could not judge in time once more when it can. {@link #batchClosed} and {@link #urgent} are thread-safe.
 */
public final class NemotronAnalyzer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NemotronAnalyzer.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(5);
  /** Situations that may wait for the language model at the same time. What comes beyond is judged by rules at once. */
  private static final int MOST_WAITING = 64;

  private final AnalystConfig config;
  private final AnalystStores stores;
  private final Situations situations;
  private final Judge judge;
  private final AnalystNews news;
  private final LongSupplier nanoTime;
  private final AnalystMeters meters;
  private final Semaphore work = new Semaphore(1);
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final Set<Long> urgent = ConcurrentHashMap.newKeySet();
  private final Set<Long> running = ConcurrentHashMap.newKeySet();
  /** Batches that failed with a mistake of ours: tried again at the next start, not in a circle. */
  private final Set<Long> setAside = ConcurrentHashMap.newKeySet();
  private final Set<Thread> tasks = ConcurrentHashMap.newKeySet();
  private final TaskGuard guard = new TaskGuard("analyst");
  private final Thread thread = Thread.ofVirtual().name("analyst").unstarted(this::run);
  private volatile boolean stopping;
  private final AtomicInteger storeFailures = new AtomicInteger();
  private volatile boolean failing;
  private volatile boolean isAskingAgain;
  private volatile long nextAskingAgain;

  /** As {@link #create}, with {@code model}, or with rules alone when it is null. */
  NemotronAnalyzer(RiskConfig risk, AnalystConfig config, HomeConfig home, @Nullable Model model, AnalystStores stores,
      Function<List<Detection>, List<Visit>> visits, AnalystNews news, Clock clock, LongSupplier nanoTime,
      MeterRegistry registry) {
    this.config = config;
    this.stores = stores;
    this.news = news;
    this.nanoTime = nanoTime;
    this.meters = new AnalystMeters(registry, clock);
    this.situations = new Situations(stores.batches(), stores.cameras(), stores.past(), visits, home);
    this.judge = new Judge(risk, config, new RuleAnalyst(), model, clock, nanoTime, meters);
    this.nextAskingAgain = nanoTime.getAsLong();
  }

  /**
   * Makes an analyzer that does not run yet; what was closed before it starts is judged first.
   *
   * @param prompts  the folder where the owner's own prompts may be
   * @param visits   follows the objects of a batch through its frames
   * @param nanoTime a monotonic clock in nanoseconds
   * @throws java.io.UncheckedIOException when those prompts cannot be used, in one line
   */
  public static NemotronAnalyzer create(RiskConfig risk, AnalystConfig config, HomeConfig home, Path prompts,
      SituationPictures pictures, AnalystStores stores, Function<List<Detection>, List<Visit>> visits, AnalystNews news,
      Clock clock, LongSupplier nanoTime, MeterRegistry registry) {
    ChatModel model = Models.open(config, risk, prompts, pictures, clock, nanoTime);
    return new NemotronAnalyzer(risk, config, home, model, stores, visits, news, clock, nanoTime, registry);
  }

  /** Starts judging. */
  public void start() {
    thread.start();
  }

  /** A batch has been closed in the store. */
  public void batchClosed() {
    work.release();
  }

  /** An open batch shows what should not wait for its end. */
  public void urgent(long batchId) {
    urgent.add(batchId);
    work.release();
  }

  /**
   * Has an event judged anew, on the caller's thread.
   *
   * @param isStored true when the event is to have the new verdict
   * @return empty when there is no such event
   * @throws UnderWayException when it is being judged just now
   */
  public Optional<Judgement> analyse(long eventId, boolean isStored) throws InterruptedException, UnderWayException {
    Optional<StoredEvent> event = stores.events().find(eventId);
    Optional<Batch> found = event.flatMap(e -> stores.batches().find(e.batchId()));
    if (found.isEmpty()) {
      return Optional.empty();
    }
    Batch batch = found.get();
    if (!running.add(batch.id())) {
      throw new UnderWayException();
    }
    try {
      boolean isOver = stores.batches().open().stream().noneMatch(open -> open.id() == batch.id());
      Judgement judgement = judge.judge(situations.of(batch, isOver));
      if (isStored) {
        store(batch, judgement);
      }
      return Optional.of(judgement);
    } finally {
      running.remove(batch.id());
      work.release();
    }
  }

  /** True while the language model is asked, or there is none. */
  public boolean isModelReady() {
    return judge.model() == null || judge.model().isReady();
  }

  /** The name of the language model; empty when rules alone judge. */
  public Optional<String> model() {
    return Optional.ofNullable(judge.model()).map(Model::name);
  }

  /** What is still to be put before the language model. */
  public Backlog backlog() {
    return meters.backlog();
  }

  /** False while batches cannot be judged, because the store fails. */
  public boolean isHealthy() {
    return !failing;
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return guard.state();
  }

  /** Leaves what it is at: that waits in the store, and is judged at the next start. */
  @Override
  public void close() {
    stopping = true;
    work.release();
    try {
      tasks.forEach(Thread::interrupt);
      if (thread.isAlive() && !thread.join(STOP)) {
        log.warn("the analyst did not stop within {} s", STOP.toSeconds());
        thread.interrupt();
      }
      for (Thread task : tasks) {
        task.join(STOP);
      }
      if (judge.model() != null) {
        judge.model().close();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    guard.loop(() -> stopping, () -> {
      boolean _ = work.tryAcquire(pause().toMillis(), TimeUnit.MILLISECONDS);
      work.drainPermits();
      try {
        int before = storeFailures.get();
        judgeUrgent();
        judgeClosed();
        askAgain();
        failing = storeFailures.get() != before;
      } catch (StoreException e) {
        storeFailed(e);
      }
    });
  }

  private Duration pause() {
    return config.retry().compareTo(RETRY) < 0 ? config.retry() : RETRY;
  }

  private void storeFailed(StoreException e) {
    storeFailures.incrementAndGet();
    // Once, however many batches wait; and what is interrupted by a stop is no failure.
    if (!failing && !stopping) {
      log.error("could not judge, trying again in {} s: {}", RETRY.toSeconds(), e.getMessage());
    }
    failing = true;
  }

  private void judgeUrgent() {
    for (Long id : List.copyOf(urgent)) {
      urgent.remove(id);
      if (stores.events().ofBatch(id).isEmpty()) {
        stores.batches().find(id).ifPresent(batch -> begin(batch, false));
      }
    }
  }

  private void judgeClosed() {
    int before = storeFailures.get();
    for (Batch batch : stores.batches().unjudged()) {
      if (stopping || storeFailures.get() != before) {
        return;
      }
      begin(batch, true);
    }
  }

  /** Judges a batch unless somebody is at it: then it is looked at again when that is done. */
  private void begin(Batch batch, boolean isOver) {
    if (setAside.contains(batch.id()) || !running.add(batch.id())) {
      return;
    }
    if (judge.model() == null) {
      judge(batch, isOver);
    } else if (places.tryAcquire()) {
      spawn("judge-" + batch.id(), () -> {
        try {
          judge(batch, isOver);
        } finally {
          places.release();
        }
      });
    } else {
      judgeByRules(batch, isOver);
    }
  }

  private void spawn(String name, Runnable task) {
    Thread.Builder builder = Thread.ofVirtual().name(name);
    Thread started = builder.unstarted(() -> {
      try {
        task.run();
      } finally {
        tasks.remove(Thread.currentThread());
      }
    });
    tasks.add(started);
    started.start();
    if (stopping) {
      started.interrupt();
    }
  }

  private void judge(Batch batch, boolean isOver) {
    end(batch, () -> store(batch, judge.judge(situations.of(batch, isOver))));
  }

  private void judgeByRules(Batch batch, boolean isOver) {
    meters.fellBack();
    end(batch, () -> store(batch, judge.byRules(situations.of(batch, isOver), List.of(), true)));
  }

  private void end(Batch batch, Step step) {
    try {
      step.run();
      running.remove(batch.id());
      // It may have been closed, or closed with more in it, while it was judged.
      work.release();
    } catch (StoreException e) {
      running.remove(batch.id());
      storeFailed(e);
    } catch (InterruptedException _) {
      running.remove(batch.id());
      Thread.currentThread().interrupt();
    } catch (OutOfMemoryError e) {
      // No mistake of this batch: with the next round there may be memory for it.
      running.remove(batch.id());
      guard.failed(e);
    } catch (RuntimeException | Error e) {
      setAside.add(batch.id());
      running.remove(batch.id());
      log.error("camera {}, batch {}: could not be judged", batch.cameraId(), batch.id(), e);
    }
  }

  private void store(Batch batch, Judgement judgement) {
    Judged judged = stores.events().judge(batch, judgement, judge.now());
    NewEvent event = judged.stored().event();
    log.info("camera {}: event {}{}, {} ({}), by {}: {}", event.cameraId(), event.id(), judged.isNew() ? "" : " again",
        event.riskLevel().wireName(), event.riskScore(), judged.stored().analyst(), event.summary());
    if (judged.isNew()) {
      news.added(event);
    } else {
      news.updated(judged.stored().asUpdate());
    }
  }

  /** Puts before the model what it could not judge in time, one at a time and the newest first, while it has room. */
  private void askAgain() {
    Model model = judge.model();
    if (model == null || isAskingAgain) {
      return;
    }
    meters.backlog(stores.analyses().backlog());
    if (nanoTime.getAsLong() - nextAskingAgain < 0 || !judge.isModelFree()) {
      return;
    }
    stores.analyses()
        .waiting(MOST_WAITING)
        .stream()
        .filter(batch -> !setAside.contains(batch.id()) && running.add(batch.id()))
        .findFirst()
        .ifPresent(batch -> {
          isAskingAgain = true;
          spawn("again-" + batch.id(), () -> {
            try {
              end(batch, () -> askAgain(model, batch));
            } finally {
              isAskingAgain = false;
              work.release();
            }
          });
        });
  }

  private void askAgain(Model model, Batch batch) throws InterruptedException {
    Situation situation = situations.of(batch, true);
    switch (judge.ask(model, situation)) {
      case Outcome.Answered answered -> store(batch, judge.byModel(situation, answered));
      case Outcome.Failed failed -> {
        nextAskingAgain = nanoTime.getAsLong() + config.retry().toNanos();
        stores.analyses()
            .failed(batch.id(), failed.analysis(), failed.kind().countsAgainstQuestion(),
                config.tries());
        log.debug("camera {}, batch {}: no verdict of the language model again: {}", batch.cameraId(), batch.id(),
            failed.analysis().failure());
      }
    }
  }

  /** Somebody is judging the same batch. */
  public static final class UnderWayException extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** One step on the way of a batch. */
  private interface Step {
    void run() throws InterruptedException;
  }
}
