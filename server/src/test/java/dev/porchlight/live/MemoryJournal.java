package dev.porchlight.live;

import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal that is gone with the test. Confined to one thread. */
final class MemoryJournal implements Journal {
  private final List<JournalEntry> entries = new ArrayList<>();
  private long head;

  @Override
  public String epoch() {
    return "journal1";
  }

  @Override
  public long first() {
    return entries.isEmpty() ? head + 1 : entries.getFirst().seq();
  }

  @Override
  public long head() {
    return head;
  }

  @Override
  public List<JournalEntry> read(long after, int limit) {
    return entries.stream().filter(entry -> entry.seq() > after).limit(limit).toList();
  }

  @Override
  public long add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    entries.add(new JournalEntry(++head, type, id, cameraId, riskScore, message, Instant.EPOCH));
    return head;
  }

  @Override
  public int prune(Instant olderThan, int keep) {
    int count = Math.max(0, entries.size() - keep);
    entries.subList(0, count).clear();
    return count;
  }
}
