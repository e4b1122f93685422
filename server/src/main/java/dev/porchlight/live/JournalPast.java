package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.live.Passage.Numbered;
import dev.porchlight.store.Journal;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * What a channel remembers and, behind that, what its journal does. All replays together take one connection of the store's
 * readers at a time, so that REST keeps the others.
 */
final class JournalPast implements Past {
  private static final int ROWS = 32;

  private final Past memory;
  private final Journal journal;
  private final ChannelMeters meters;
  private final Semaphore reader = new Semaphore(1, true);

  JournalPast(Channel channel, Journal journal, ChannelMeters meters) {
    this.memory = new MemoryPast(channel);
    this.journal = journal;
    this.meters = meters;
  }

  @Override
  public long first() {
    return Math.min(memory.first(), journal.first());
  }

  @Override
  public @Nullable Passage after(long after, FeedFilter filter) throws InterruptedException {
    Passage remembered = memory.after(after, filter);
    return remembered == null ? stored(after, filter) : remembered;
  }

  private @Nullable Passage stored(long after, FeedFilter filter) throws InterruptedException {
    Journal.Stretch stretch = read(after, filter);
    return stretch == null
        ? null
        : new Passage(stretch.entries().stream().map(entry -> new Numbered(entry.seq(), Messages.of(entry))).toList(),
            stretch.to());
  }

  private Journal.@Nullable Stretch read(long after, FeedFilter filter) throws InterruptedException {
    reader.acquire();
    try {
      meters.journalRead();
      return journal.read(after, ROWS, filter.ofJournal());
    } finally {
      reader.release();
    }
  }
}
