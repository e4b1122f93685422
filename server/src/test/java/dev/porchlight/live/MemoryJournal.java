package dev.porchlight.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A journal in memory that can be told to fail. Thread-safe. */
final class MemoryJournal implements Journal {
  @GuardedBy("this")
  private final List<JournalEntry> entries = new ArrayList<>();
  @GuardedBy("this")
  private long head;
  private volatile boolean broken;
  private volatile Runnable beforePrune = () -> {};
  private volatile Runnable afterRead = () -> {};

  /** From here on nothing can be read or written, or again. */
  void setBroken(boolean isBroken) {
    broken = isBroken;
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
    return append(Messages.DETECTION, detection.id(), detection.cameraId(), null, Messages.of(detection).text());
  }

  /** Writes an update of an event as its store does; returns its number. */
  synchronized long store(EventUpdate update) {
    NewEvent event = update.event();
    return append(Messages.EVENT_UPDATED, event.id(), event.cameraId(), event.riskScore(), Messages.of(update).text());
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
    List<JournalEntry> read = entries.stream().filter(entry -> entry.seq() > after).limit(limit).toList();
    Runnable task = afterRead;
    afterRead = () -> {};
    task.run();
    return read;
  }

  @Override
  public synchronized long add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    requireWhole();
    return append(type, id, cameraId, riskScore, message);
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
  private long append(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    entries.add(new JournalEntry(++head, type, id, cameraId, riskScore, message, Instant.EPOCH));
    return head;
  }

  private void requireWhole() {
    if (broken) {
      throw new StoreException("the disk is full");
    }
  }
}
