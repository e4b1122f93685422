package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.live.Passage.Numbered;
import dev.porchlight.store.Journal;
import org.jspecify.annotations.Nullable;

/** What a channel remembers and, behind that, what its journal does. */
final class JournalPast implements Past {
  private static final int ROWS = 32;

  private final Past memory;
  private final Journal journal;

  JournalPast(Channel channel, Journal journal) {
    this.memory = new MemoryPast(channel);
    this.journal = journal;
  }

  @Override
  public long first() {
    return Math.min(memory.first(), journal.first());
  }

  @Override
  public @Nullable Passage after(long after, FeedFilter filter) {
    Passage remembered = memory.after(after, filter);
    return remembered == null ? stored(after, filter) : remembered;
  }

  private @Nullable Passage stored(long after, FeedFilter filter) {
    Journal.Stretch stretch = journal.read(after, ROWS, filter.ofJournal());
    return stretch == null
        ? null
        : new Passage(stretch.entries().stream().map(entry -> new Numbered(entry.seq(), Messages.of(entry))).toList(),
            stretch.to());
  }
}
