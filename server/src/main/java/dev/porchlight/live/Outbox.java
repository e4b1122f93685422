package dev.porchlight.live;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Label;
import dev.porchlight.engine.Message;
import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.StoreException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
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
  private final Map<Ref, Sent> sent = new LinkedHashMap<>();
  private volatile boolean behind;

  Outbox(Channel channel, Journal journal) {
    this.channel = channel;
    this.journal = journal;
  }

  /**
   * Appends everything committed, up to this message at least. One that its store did not write to the journal is written
   * there first.
   *
   * @return for how many it was appended; 0 when the journal does not work, which is made up for by {@link #catchUp}
   */
  int send(String type, long id, Supplier<Message> message) {
    var ref = new Ref(type, id);
    try {
      Sent known = find(ref);
      boolean isMore = true;
      // To the end: what is taken for unwritten because it was not looked for far enough would be sent twice.
      while (known == null && isMore) {
        isMore = appendCommitted() > 0;
        // Also when nothing was left: somebody else may have appended it since it was last looked for.
        known = find(ref);
      }
      return sendUpTo(known == null ? add(type, id, message.get()) : known.seq(), ref);
    } catch (StoreException e) {
      return failed(e);
    }
  }

  /** Appends everything committed; returns for how many the last of it was appended, as {@link #send} does. */
  int sendCommitted() {
    try {
      long head = journal.head();
      while (channel.last() < head && appendCommitted() > 0) {
        // On to what is left.
      }
      return channel.reached(head);
    } catch (StoreException e) {
      return failed(e);
    }
  }

  private long add(String type, long id, Message message) {
    Label label = message.label();
    String camera = label.source();
    return journal.add(type, id, camera == null ? "" : camera, label.level() < 0 ? null : label.level(),
        message.text());
  }

  private int sendUpTo(long seq, Ref ref) {
    while (channel.last() < seq) {
      if (appendCommitted() == 0 && channel.last() < seq) {
        throw new StoreException("Could not read message " + seq + " of the journal");
      }
    }
    Sent done = forget(ref);
    return done == null || done.seq() != seq || done.reached() < 0 ? channel.reached(seq) : done.reached();
  }

  /** Appends the next entries of the journal; returns how many those were. */
  private int appendCommitted() {
    List<JournalEntry> entries = journal.read(channel.last(), ROWS);
    expect(entries);
    for (JournalEntry entry : entries) {
      note(entry, channel.publish(Messages.of(entry), entry.seq()));
    }
    return entries.size();
  }

  /** Appends what could not be read when it was to be sent, and what nobody came to send. */
  void catchUp() {
    boolean wasBehind = behind;
    // Before the work: whoever fails meanwhile says so again.
    behind = false;
    try {
      while (channel.last() < journal.head() && appendCommitted() > 0) {
        if (wasBehind) {
          log.info("channel {}: caught up with what is stored, to message {}", channel.name(), channel.last());
        }
      }
    } catch (StoreException e) {
      behind = true;
      log.debug("channel {}: still behind what is stored: {}", channel.name(), e.getMessage());
    }
  }

  private int failed(StoreException e) {
    if (!behind) {
      log.error("channel {}: the journal does not work, trying again soon: {}", channel.name(),
          e.getMessage());
    }
    behind = true;
    return 0;
  }

  /**
   * Notes numbers before the messages are appended, so that whoever finds one appended finds its number too. What another has
   * appended meanwhile may have been asked for and forgotten: noted again, it would be taken for the next message of its id.
   */
  private void expect(List<JournalEntry> entries) {
    lock.lock();
    try {
      for (JournalEntry entry : entries) {
        if (entry.seq() > channel.last()) {
          sent.putIfAbsent(Ref.of(entry), new Sent(entry.seq(), -1));
        }
      }
      var oldest = sent.entrySet().iterator();
      for (int surplus = sent.size() - MOST_EXPECTED; surplus > 0; surplus--) {
        oldest.next();
        oldest.remove();
      }
    } finally {
      lock.unlock();
    }
  }

  private void note(JournalEntry entry, int reached) {
    lock.lock();
    try {
      sent.replace(Ref.of(entry), new Sent(entry.seq(), -1), new Sent(entry.seq(), reached));
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Sent find(Ref ref) {
    lock.lock();
    try {
      return sent.get(ref);
    } finally {
      lock.unlock();
    }
  }

  private @Nullable Sent forget(Ref ref) {
    lock.lock();
    try {
      return sent.remove(ref);
    } finally {
      lock.unlock();
    }
  }

  private record Ref(String type, long id) {
    static Ref of(JournalEntry entry) {
      return new Ref(entry.type(), entry.id());
    }
  }

  /** The number of a message, and for how many it was appended; -1 while it is not, or not by us. */
  private record Sent(long seq, int reached) {}
}
