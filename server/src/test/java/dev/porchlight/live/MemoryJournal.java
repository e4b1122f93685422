package dev.porchlight.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.engine.Selection;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.JournalFilter;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A journal in memory that can be told to fail. Thread-safe. */
final class MemoryJournal implements Journal {
  private static final Messages ENCODER = new Messages();
  /** Few, so that a replay with a filter needs several. */
  private static final int STRETCH = 5;

  @GuardedBy("this")
  private final List<JournalEntry> entries = new ArrayList<>();
  @GuardedBy("this")
  private long head;
  @GuardedBy("this")
  private long entriesRead;
  private volatile boolean broken;
  private volatile Instant now = Instant.EPOCH;
  private volatile Runnable beforePrune = () -> {};
  private volatile Runnable afterRead = () -> {};

  /** From here on nothing can be read or written, or again. */
  void setBroken(boolean isBroken) {
    broken = isBroken;
  }

  /** How many entries were ever read. */
  synchronized long entriesRead() {
    return entriesRead;
  }

  /** Sets the clock. */
  void timeIs(Instant time) {
    now = time;
  }

  /** What somebody else does between the decision to prune and the pruning. */
  void setBeforePrune(Runnable task) {
    beforePrune = task;
  }

  /** What somebody else does between the next reading and what is done with what was read; once. */
  void setAfterRead(Runnable task) {
    afterRead = task;
  }

  /** Writes a detection as its store does, in the transaction that stores it; returns its number. */
  synchronized long store(Detection detection) {
    return append(Messages.DETECTION, detection.id(), detection.cameraId(), null, Messages.of(detection).text(), null);
  }

  /** Writes a change of an event that raises nothing as its store does; returns its number. */
  long store(EventUpdate update) {
    return store(update, update.event().riskScore(), false, false);
  }

  /** Writes a change of an event as its store does; returns its number. */
  synchronized long store(EventUpdate update, int told, boolean rose, boolean isLate) {
    NewEvent event = update.event();
    return append(Messages.EVENT_UPDATED, event.id(), event.cameraId(), event.riskScore(), ENCODER.newEvent(event),
        new JournalEntry.Change(told, rose, isLate, ENCODER.eventUpdated(update)));
  }

  @Override
  public String epoch() {
    return "e1";
  }

  @Override
  public synchronized long first() {
    return head - entries.size() + 1;
  }

  @Override
  public synchronized long head() {
    return head;
  }

  @Override
  public synchronized List<JournalEntry> read(long after, int limit) {
    requireWhole();
    return handedOut(after(after).limit(limit).toList());
  }

  @Override
  public synchronized @Nullable Stretch read(long after, int limit, JournalFilter filter) {
    requireWhole();
    if (first() > after + 1) {
      return null;
    }
    List<JournalEntry> stretch = handedOut(after(after).limit(STRETCH).toList());
    var wanted = new FeedFilter(filter.types(), filter.cameras(), filter.minRisk());
    List<JournalEntry> found = stretch.stream()
        .filter(entry -> wanted.numbered(Messages.of(entry).label()) != Selection.NOTHING)
        .limit(limit)
        .toList();
    return new Stretch(found, found.size() == limit ? found.getLast().seq() : after + stretch.size());
  }

  @GuardedBy("this")
  private List<JournalEntry> handedOut(List<JournalEntry> read) {
    entriesRead += read.size();
    Runnable task = afterRead;
    afterRead = () -> {};
    task.run();
    return read;
  }

  @GuardedBy("this")
  private Stream<JournalEntry> after(long after) {
    return entries.stream().filter(entry -> entry.seq() > after);
  }

  @Override
  public synchronized long beforeTail(int messages, long bytes, Instant since) {
    requireWhole();
    long left = bytes;
    long before = head;
    for (JournalEntry entry : entries.reversed()) {
      left -= entry.message().length + (entry.change() == null ? 0 : entry.change().updated().length);
      if (left < 0 || head - before == messages || entry.writtenAt().isBefore(since)) {
        return before;
      }
      before--;
    }
    return before;
  }

  @Override
  public synchronized long add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    requireWhole();
    return append(type, id, cameraId, riskScore, message, null);
  }

  @Override
  public synchronized int prune(Instant olderThan, int keep, long upTo) {
    beforePrune.run();
    long most = Math.min(entries.size() - keep, upTo - first() + 1);
    int count = Math.toIntExact(Math.max(0, most));
    entries.subList(0, count).clear();
    return count;
  }

  @GuardedBy("this")
  private long append(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message,
      JournalEntry.@Nullable Change change) {
    entries.add(new JournalEntry(++head, type, id, cameraId, riskScore, message, change, now));
    return head;
  }

  private void requireWhole() {
    if (broken) {
      throw new StoreException("the disk is full");
    }
  }
}
