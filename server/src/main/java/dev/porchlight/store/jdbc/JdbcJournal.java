package dev.porchlight.store.jdbc;

import dev.porchlight.store.Journal;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.JournalFilter;
import dev.porchlight.store.MessageEncoder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/** The journal in SQLite. Of one database there is one, since it remembers where the numbers stand. Thread-safe. */
public final class JdbcJournal implements Journal {
  /** Rows per transaction, so that an arriving picture does not wait long behind a day of old messages. */
  private static final int FORGOTTEN_AT_ONCE = 500;

  private final SqliteDatabase database;
  private final MessageEncoder encoder;
  private final String epoch;
  /** Only grow, and after the commit: threads may come here in another order than that of their commits. */
  private final AtomicLong head;
  private final AtomicLong first;

  /**
   * Goes on where the database stands; in one that never had a journal, begins it. Whether the database is the one that was
   * in use last, {@link EpochGuard} has found out before.
   */
  public JdbcJournal(SqliteDatabase database, MessageEncoder encoder) {
    this.database = database;
    this.encoder = encoder;
    var numbering = database.read("read the journal's numbering", Numbering::find);
    var current = numbering.isPresent()
        ? numbering.get()
        : database.write("begin the journal", Numbering::begin);
    this.epoch = current.epoch();
    this.head = new AtomicLong(current.head());
    this.first = new AtomicLong(current.first());
  }

  @Override
  public String epoch() {
    return epoch;
  }

  @Override
  public long first() {
    return first.get();
  }

  @Override
  public long head() {
    return head.get();
  }

  @Override
  public List<JournalEntry> read(long after, int limit) {
    requireLimit(limit);
    return database.read("read the journal after " + after, handle -> JournalQuery.all(handle, after, limit));
  }

  @Override
  public @Nullable Stretch read(long after, int limit, JournalFilter filter) {
    requireLimit(limit);
    // As an Optional, since what a reading returns is never null.
    return database.read("read the journal after " + after,
        handle -> Optional.ofNullable(JournalQuery.filtered(handle, after, limit, filter))).orElse(null);
  }

  @Override
  public long beforeTail(int messages, long bytes, Instant since) {
    return database.read("find the tail of the journal", handle -> {
      long before = head.get();
      long left = bytes;
      // Neither the messages themselves are read here nor any row beyond the first that does not fit.
      try (ResultIterator<TailRow> rows = handle
          .createQuery("SELECT seq, octet_length(message) + coalesce(octet_length(updated), 0) AS bytes, written_at"
              + " FROM journal WHERE seq <= ? ORDER BY seq DESC LIMIT ?")
          .bind(0, before)
          .bind(1, messages)
          .map((row, _) -> new TailRow(row.getLong("seq"), row.getLong("bytes"), row.getString("written_at")))
          .iterator()) {
        String oldest = SqlTime.text(since);
        while (rows.hasNext()) {
          TailRow row = rows.next();
          left -= row.bytes();
          if (left < 0 || row.writtenAt().compareTo(oldest) < 0) {
            return before;
          }
          before = row.seq() - 1;
        }
      }
      return before;
    });
  }

  @Override
  public long add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    return write("write " + type + " " + id + " to the journal", (_, rows) -> {
      rows.add(type, id, cameraId, riskScore, message);
      return rows.last();
    });
  }

  @Override
  public int prune(Instant olderThan, int keep, long upTo) {
    if (keep < 0) {
      throw new IllegalArgumentException("as many entries cannot be kept: " + keep);
    }
    int forgotten = 0;
    Pruned step;
    do {
      step = database.write("prune the journal", handle -> forget(handle, SqlTime.text(olderThan), keep, upTo));
      // In this order, so that the oldest held never lies beyond the one after the head.
      head.accumulateAndGet(step.head(), Math::max);
      first.accumulateAndGet(step.first(), Math::max);
      forgotten += step.rows();
    } while (step.rows() == FORGOTTEN_AT_ONCE);
    return forgotten;
  }

  /**
   * As {@link SqliteDatabase#write}, for work that adds to the journal: what it has added shows in {@link #head} once it
   * is committed.
   */
  <T> T write(String what, BiFunction<Handle, JournalRows, T> work) {
    var written = database.write(what, handle -> {
      var rows = new JournalRows(handle, encoder, database.now());
      return new Written<>(work.apply(handle, rows), rows.last());
    });
    head.accumulateAndGet(written.last(), Math::max);
    return written.result();
  }

  /**
   * Age counts from the oldest row to the first that is young enough, not to the last that is too old: a clock that was
   * wrong for a while would else take everything before it along.
   */
  private static Pruned forget(Handle handle, String olderThan, int keep, long upTo) {
    var numbering = Numbering.find(handle).orElseThrow();
    long end = Math.max(numbering.first(),
        Math.min(numbering.first() + FORGOTTEN_AT_ONCE, Math.min(numbering.head(), upTo) + 1));
    long young = handle
        .createQuery("SELECT coalesce(min(seq), ?) FROM journal WHERE seq >= ? AND seq < ? AND written_at >= ?")
        .bind(0, end)
        .bind(1, numbering.first())
        .bind(2, end)
        .bind(3, olderThan)
        .mapTo(Long.class)
        .one();
    long first = Math.max(young, Math.min(end, numbering.head() + 1 - keep));
    int rows = handle.execute("DELETE FROM journal WHERE seq < ?", first);
    return new Pruned(rows, first, numbering.head());
  }

  private static void requireLimit(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit is at least 1: " + limit);
    }
  }

  private record Written<T>(T result, long last) {}

  private record TailRow(long seq, long bytes, String writtenAt) {}

  private record Pruned(int rows, long first, long head) {}
}
