package dev.porchlight.live;

import dev.porchlight.domain.Health.Component;
import dev.porchlight.engine.Channel;
import dev.porchlight.metrics.Ticker;
import dev.porchlight.store.Journal;
import dev.porchlight.store.StoreException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
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

  private final List<Channel> channels;
  private final EventBroadcaster events;
  private final @Nullable Journal journal;
  private final LiveConfig config;
  private final Clock clock;
  private final Ticker ticker = new Ticker("live-upkeep");

  /** Looks after these channels, and a journal if there is one, once it is started. */
  Upkeep(List<Channel> channels, EventBroadcaster events, @Nullable Journal journal, LiveConfig config, Clock clock) {
    this.channels = List.copyOf(channels);
    this.events = events;
    this.journal = journal;
    this.config = config;
    this.clock = clock;
  }

  /** Begins. Each task by itself, so that one that fails again and again keeps no other from its work. */
  void start() {
    channels.forEach(channel -> ticker.every(TIDY, TIDY, channel::tidy));
    ticker.every(TIDY, TIDY, events::catchUp);
    ticker.every(TIDY, TIDY, this::pruneAfterFlood);
    ticker.every(PRUNE, PRUNE, this::prune);
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  Component taskState() {
    return ticker.state();
  }

  @Override
  public void close() {
    ticker.close();
  }

  private void pruneAfterFlood() {
    if (journal != null && journal.head() - journal.first() >= config.journalMessages() * MOST_OVER) {
      prune();
    }
  }

  private void prune() {
    if (journal == null) {
      return;
    }
    try {
      int count = journal.prune(clock.instant().minus(config.journalAge()), config.journalMessages(),
          events.sentTo());
      if (count > 0) {
        log.debug("forgot {} messages of the journal", count);
      }
    } catch (StoreException e) {
      log.warn("the journal could not be pruned, trying again in a minute: {}", e.getMessage());
    }
  }
}
