package dev.porchlight.store.jdbc;

import java.util.Optional;
import org.jdbi.v3.core.Handle;

/**
 * Where the journal's numbers stand.
 *
 * @param first of the oldest row held, {@code head + 1} when there is none
 * @param head  the last number given, 0 before the first
 */
record Numbering(String epoch, long first, long head) {
  /** What the database says; empty when no journal was begun. */
  static Optional<Numbering> find(Handle handle) {
    return handle
        .createQuery("""
                     SELECT epoch, coalesce((SELECT min(seq) FROM journal), last_seq + 1) AS first, last_seq
                     FROM journal_epoch""")
        .map((row, _) -> new Numbering(row.getString("epoch"), row.getLong("first"), row.getLong("last_seq")))
        .findOne();
  }

  /** Begins an epoch, by a name that no other has, inside a transaction of the caller. */
  static Numbering begin(Handle handle) {
    handle.execute("""
                   INSERT INTO journal_epoch (number, epoch, last_seq)
                   SELECT 1, lower(hex(randomblob(8))), coalesce(max(seq), 0) FROM journal""");
    return find(handle).orElseThrow();
  }
}
