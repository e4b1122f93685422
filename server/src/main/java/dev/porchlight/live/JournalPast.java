package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Message;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel remembers and, behind that, what its journal does. */
final class JournalPast implements Past {
  private static final int ROWS = 32;

  private final Channel channel;
  private final Journal journal;

  JournalPast(Channel channel, Journal journal) {
    this.channel = channel;
    this.journal = journal;
  }

  @Override
  public long first() {
    return Math.min(channel.first(), journal.first());
  }

  @Override
  public @Nullable List<Message> after(long after) {
    List<Message> remembered = channel.read(after, ROWS);
    if (remembered != null) {
      return remembered;
    }
    List<JournalEntry> entries = journal.read(after, ROWS);
    return entries.isEmpty() || entries.getFirst().seq() != after + 1
        ? null
        : entries.stream().map(Messages::of).toList();
  }
}
