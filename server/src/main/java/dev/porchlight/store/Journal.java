package dev.porchlight.store;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The messages of {@code /ws/events} in the order of their numbers, each written in the transaction that stored the
 * thing itself. Numbers begin with 1 and leave none out; what is held is always the last of them, without a gap.
 * Thread-safe.
 */
public interface Journal {
  /**
   * Letters and digits; changes only when numbers may be given again that were given before, since the store was put back
   * to an earlier state. Never blocks.
   */
  String epoch();

  /** The number of the oldest entry held, {@code head() + 1} when there is none. Never blocks. */
  long first();

  /**
   * The number of the last entry committed, 0 before the first. What a write of the store has returned is included; what
   * may still be rolled back never is. Never blocks.
   */
  long head();

  /**
   * The entries with numbers above {@code after}, ascending. The first is {@code after + 1}, unless that has been
   * forgotten, maybe just now: who needs them all looks at its number. Blocks.
   *
   * @param limit the most to return, at least 1
   * @throws StoreException when the store fails
   */
  List<JournalEntry> read(long after, int limit);

  /**
   * The entries after number {@code after} that a filter lets through. It looks at a bounded stretch of numbers, so that
   * a filter that lets little through does not hold up others; who wants more asks again from {@link Stretch#to} on.
   * Blocks.
   *
   * @param limit the most to return, at least 1
   * @return null when {@code after + 1} has been forgotten
   * @throws StoreException when the store fails
   */
  @Nullable
  Stretch read(long after, int limit, JournalFilter filter);

  /**
   * The number before the tail: the last entries, as many as all of these limits allow. The tail ends, towards the past, at
   * the first entry that does not fit. Blocks.
   *
   * @param messages most entries
   * @param bytes    most bytes of their messages
   * @param since    none of them is written before
   * @return {@link #head()} when no entry fits
   * @throws StoreException when the store fails
   */
  long beforeTail(int messages, long bytes, Instant since);

  /**
   * Adds a message that was not written with the thing it tells of, in a transaction of its own. Blocks.
   *
   * @param riskScore as in {@link JournalEntry}; an event's message is taken for its first
   * @return its number
   * @throws StoreException when the store fails; nothing is added then
   */
  long add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message);

  /**
   * Forgets from the oldest on: entries written before {@code olderThan}, as far as the first that was not, and all but
   * the last {@code keep}. By small steps, so that writers are not held up; blocks.
   *
   * @param upTo the last number that may be forgotten at all: what is not sent yet would leave a gap for ever
   * @return how many were forgotten
   * @throws StoreException when the store fails; earlier steps stay done
   */
  int prune(Instant olderThan, int keep, long upTo);

  /**
   * What was found in a stretch of numbers.
   *
   * @param entries ascending
   * @param to      the last number looked at, and not before the last entry; the number asked from when there is none
   *                after it
   */
  record Stretch(List<JournalEntry> entries, long to) {
    public Stretch {
      entries = List.copyOf(entries);
    }
  }
}
