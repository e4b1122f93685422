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
   * Adds a message that was not written with the thing it tells of, in a transaction of its own. Blocks.
   *
   * @param riskScore as in {@link JournalEntry}
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
}
