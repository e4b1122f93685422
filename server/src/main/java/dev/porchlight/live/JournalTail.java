package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.Numbering;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The last messages of a journal, as many as a channel remembers. A channel begins before them and is filled with them at the
 * start, so that clients that all come back after a restart are served from memory and not by the store.
 */
final class JournalTail {
  private static final Logger log = LoggerFactory.getLogger(JournalTail.class);
  private static final int ROWS = 256;

  private final Journal journal;
  private final Clock clock;

  JournalTail(Journal journal, Clock clock) {
    this.journal = journal;
    this.clock = clock;
  }

  /** Where a channel with these limits begins, for {@link #load} to fill it. */
  Numbering begin(ChannelLimits limits) {
    return new Numbering(journal.epoch(),
        journal.beforeTail(limits.messages(), limits.bytes(), clock.instant().minus(limits.age())));
  }

  /** Fills a channel up to the head of the journal. The age of a message counts from when it was written. */
  void load(Channel channel) {
    Instant now = clock.instant();
    long before = channel.last();
    for (List<JournalEntry> entries = journal.read(before, ROWS); !entries.isEmpty(); entries = journal
        .read(channel.last(), ROWS)) {
      for (JournalEntry entry : entries) {
        channel.restore(Messages.of(entry), entry.seq(), Duration.between(entry.writtenAt(), now));
      }
    }
    log.debug("channel {}: {} messages of the journal are in memory again", channel.name(), channel.last() - before);
  }
}
