package dev.porchlight.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.engine.Channel;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings what the journal has to the channel, in the journal's order, whoever asks for it first. So a number means the same
 * in both, and nothing is sent that is not stored. Thread-safe.
 */
final class Outbox {
  private static final Logger log = LoggerFactory.getLogger(Outbox.class);
  private static final int ROWS = 256;
  /** Messages that another caller has appended and whose own caller has not come yet. */
  private static final int MOST_EXPECTED = 10_000;

  private final Channel channel;
  private final Journal journal;
  private final ReentrantLock lock = new ReentrantLock();
  @GuardedBy("lock")
  private final Map<Ref, Long> numbers = new LinkedHashMap<>();
  private volatile boolean behind;

  Outbox(Channel channel, Journal journal) {
    this.channel = channel;
    this.journal = journal;
  }

  /**
   * Appends everything committed, up to this message at least.
   *
   * @return for how many it was appended; 0 when the journal cannot be read, which is made up for by {@link #catchUp}
   */
  int send(String type, long id) {
    var ref = new Ref(type, id);
    try {
      Long seq = numberOf(ref);
      int reached = -1;
      while (seq == null || channel.last() < seq) {
        List<JournalEntry> entries = journal.read(channel.last(), ROWS);
        if (entries.isEmpty()) {
          log.error("{} {} is not in the journal", type, id);
          return 0;
        }
        expect(entries);
        for (JournalEntry entry : entries) {
          int told = channel.publish(Messages.of(entry), entry.seq());
          if (entry.id() == id && entry.type().equals(type)) {
            seq = entry.seq();
            reached = told;
          }
        }
        seq = seq == null ? numberOf(ref) : seq;
      }
      forget(ref);
      return reached < 0 ? channel.reached(seq) : reached;
    } catch (StoreException e) {
      return failed(e);
    }
  }

  /**
   * Appends everything committed.
   *
   * @return for how many the last message of it was appended
   */
  int sendAll() {
    try {
      int reached = -1;
      while (channel.last() < journal.head()) {
        for (JournalEntry entry : journal.read(channel.last(), ROWS)) {
          reached = channel.publish(Messages.of(entry), entry.seq());
        }
      }
      behind = false;
      return reached < 0 ? channel.reached(channel.last()) : reached;
    } catch (StoreException e) {
      return failed(e);
    }
  }

  /** Appends what could not be read when it was to be sent. */
  void catchUp() {
    if (behind) {
      int _ = sendAll();
    }
  }

  private int failed(StoreException e) {
    if (!behind) {
      log.error("channel {}: what is stored cannot be read back, trying again soon: {}", channel.name(),
          e.getMessage());
    }
    behind = true;
    return 0;
  }

  /** Notes numbers before the messages are appended, so that whoever finds one appended finds its number too. */
  private void expect(List<JournalEntry> entries) {
    lock.lock();
    try {
      for (JournalEntry entry : entries) {
        numbers.put(new Ref(entry.type(), entry.id()), entry.seq());
      }
      var oldest = numbers.entrySet().iterator();
      for (int surplus = numbers.size() - MOST_EXPECTED; surplus > 0; surplus--) {
        oldest.next();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Long numberOf(Ref ref) {
    lock.lock();
    try {
      return numbers.get(ref);
    } finally {
      lock.unlock();
    }
  }

  private void forget(Ref ref) {
    lock.lock();
    try {
      numbers.remove(ref);
    } finally {
      lock.unlock();
    }
  }

  private record Ref(String type, long id) {}
}
