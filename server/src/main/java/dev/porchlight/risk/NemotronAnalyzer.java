package dev.porchlight.risk;

import dev.porchlight.domain.Batch;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.StoredEvent;
import dev.porchlight.domain.Verdict;
import dev.porchlight.store.BatchStore;
import dev.porchlight.store.EventStore;
import dev.porchlight.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Judges every closed batch: one event each, stored, then told. Its queue is the store itself, so that nothing is lost
 * between "batch closed" and "event stored", and nothing is judged twice. So far the analyst behind it is the rules.
 * {@link #batchClosed} is thread-safe.
 */
public final class NemotronAnalyzer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(NemotronAnalyzer.class);
  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final RiskConfig config;
  private final Analyst analyst;
  private final BatchStore batches;
  private final EventStore events;
  private final Clock clock;
  private final Consumer<NewEvent> told;
  private final Semaphore work = new Semaphore(1);
  /** Batches that failed with a mistake of ours: tried again at the next start, not in a circle. */
  private final Set<Long> setAside = new HashSet<>();
  private final Thread thread = Thread.ofVirtual().name("analyst").unstarted(this::run);
  private volatile boolean stopping;
  private volatile boolean failing;

  /**
   * Makes an analyzer that does not run yet; what was closed before it starts is judged first.
   *
   * @param told hears of each event once it is stored
   */
  public NemotronAnalyzer(RiskConfig config, BatchStore batches, EventStore events, Clock clock,
      Consumer<NewEvent> told) {
    this.config = config;
    this.analyst = new RuleAnalyst(config.homeZone());
    this.batches = batches;
    this.events = events;
    this.clock = clock;
    this.told = told;
  }

  /** Starts judging. */
  public void start() {
    thread.start();
  }

  /** A batch has been closed in the store. */
  public void batchClosed() {
    work.release();
  }

  /** False while batches cannot be judged, because the store fails. */
  public boolean isHealthy() {
    return !failing;
  }

  /** Finishes the batch it is at; what waits, waits in the store. */
  @Override
  public void close() {
    stopping = true;
    work.release();
    try {
      if (thread.isAlive() && !thread.join(STOP)) {
        log.warn("the analyst did not stop within {} s", STOP.toSeconds());
        thread.interrupt();
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    boolean again = false;
    while (!stopping) {
      try {
        if (again) {
          boolean _ = work.tryAcquire(RETRY.toMillis(), TimeUnit.MILLISECONDS);
        } else {
          work.acquire();
        }
        work.drainPermits();
        judgeAll();
        again = false;
        failing = false;
      } catch (StoreException e) {
        again = true;
        failing = true;
        log.error("could not judge, trying again in {} s: {}", RETRY.toSeconds(), e.getMessage());
      } catch (InterruptedException _) {
        return;
      }
    }
  }

  private void judgeAll() {
    List<Batch> waiting = batches.unjudged().stream().filter(batch -> !setAside.contains(batch.id())).toList();
    for (Batch batch : waiting) {
      if (stopping) {
        return;
      }
      try {
        judge(batch);
      } catch (RuntimeException e) {
        if (e instanceof StoreException) {
          throw e;
        }
        setAside.add(batch.id());
        log.error("camera {}, batch {}: could not be judged", batch.cameraId(), batch.id(), e);
      }
    }
  }

  private void judge(Batch batch) {
    Verdict verdict = analyst.judge(new Situation(batch, batches.detections(batch.id())));
    Optional<StoredEvent> stored = events.add(batch, verdict, config.levelOf(verdict.riskScore()), clock.instant());
    stored.map(StoredEvent::event).ifPresent(event -> {
      log.info("camera {}: event {}, {} ({}): {}", event.cameraId(), event.id(), event.riskLevel().wireName(),
          event.riskScore(), event.summary());
      told.accept(event);
    });
  }
}
