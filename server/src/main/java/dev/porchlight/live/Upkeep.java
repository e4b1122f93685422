package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.store.Journal;
import dev.porchlight.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps the channels and their journal within their limits while nothing happens. */
final class Upkeep implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Upkeep.class);
  private static final Duration TIDY = Duration.ofSeconds(1);
  private static final Duration PRUNE = Duration.ofMinutes(1);
  /** A flood does not wait for its minute: by this much the journal may be longer than it should be. */
  private static final double MOST_OVER = 1.25;
  private static final Duration STOP = Duration.ofSeconds(5);

  private final List<Channel> channels;
  private final EventBroadcaster events;
  private final @Nullable Journal journal;
  private final LiveConfig config;
  private final Clock clock;
  private final ScheduledExecutorService timer = Executors
      .newSingleThreadScheduledExecutor(Thread.ofPlatform().name("live-upkeep").daemon().factory());

  /** Looks after these channels, and a journal if there is one, once it is started. */
  Upkeep(List<Channel> channels, EventBroadcaster events, @Nullable Journal journal, LiveConfig config, Clock clock) {
    this.channels = List.copyOf(channels);
    this.events = events;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /** Begins. */
  void start() {
    var _ = timer.scheduleWithFixedDelay(() -> carefully(this::tidy), TIDY.toMillis(), TIDY.toMillis(),
        TimeUnit.MILLISECONDS);
    var _ = timer.scheduleWithFixedDelay(() -> carefully(this::prune), PRUNE.toSeconds(), PRUNE.toSeconds(),
        TimeUnit.SECONDS);
  }

  @Override
  public void close() {
    timer.shutdownNow();
    try {
      if (!timer.awaitTermination(STOP.toSeconds(), TimeUnit.SECONDS)) {
        log.warn("the upkeep of the channels did not stop within {} s", STOP.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void tidy() {
    channels.forEach(Channel::tidy);
    events.catchUp();
    if (journal != null && journal.head() - journal.first() >= config.journalMessages() * MOST_OVER) {
      prune();
    }
  }

  private void prune() {
    if (journal == null) {
      return;
    }
    int count = journal.prune(clock.instant().minus(config.journalAge()), config.journalMessages(),
        events.sentTo());
    if (count > 0) {
      log.debug("forgot {} messages of the journal", count);
    }
  }

  /** A timer that throws once never comes again. */
  private static void carefully(Runnable work) {
    try {
      work.run();
    } catch (StoreException e) {
      log.warn("the journal could not be pruned, trying again in a minute: {}", e.getMessage());
    } catch (RuntimeException e) {
      log.error("the upkeep of the channels failed", e);
    }
  }
}
