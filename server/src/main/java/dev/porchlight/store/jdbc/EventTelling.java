package dev.porchlight.store.jdbc;

import dev.porchlight.domain.RiskLevel;
import dev.porchlight.domain.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.function.IntFunction;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Writes what clients are told of an event to the journal, and keeps the event's {@code told}: the highest score of all its
 * messages, −1 before the first. Inside a transaction of the caller, which has changed the event.
 */
final class EventTelling {
  /** How long after its batch was closed an event may still be told as a new one to clients that were told of it before. */
  private static final Duration NEW_AFTER_CLOSE = Duration.ofMinutes(10);

  private final IntFunction<RiskLevel> levelOf;

  /** By these levels of scores from 0 to 100. */
  EventTelling(IntFunction<RiskLevel> levelOf) {
    this.levelOf = levelOf;
  }

  /**
   * Tells of an event as it now is.
   *
   * @param now by the clock that closes batches
   */
  void tell(Handle handle, JournalRows entries, StoredEvent after, Instant now) {
    long id = after.event().id();
    int score = after.event().riskScore();
    Before before = before(handle, id);
    if (before.told() == JournalRows.NOT_TOLD) {
      // However late: nobody has heard of it.
      entries.newEvent(after.event());
    } else {
      entries.eventChanged(after.asUpdate(), before.told(), rose(before.told(), score), isLate(before.closedAt(), now));
    }
    handle.execute("UPDATE events SET told = max(told, ?) WHERE id = ?", score, id);
  }

  /** Whether everybody is to hear of the change as of a new event. A confirmed person would count here too. */
  private boolean rose(int told, int score) {
    return levelOf.apply(score).compareTo(levelOf.apply(told)) > 0;
  }

  private static boolean isLate(@Nullable Instant closedAt, Instant now) {
    return closedAt != null && !now.isBefore(closedAt.plus(NEW_AFTER_CLOSE));
  }

  private static Before before(Handle handle, long id) {
    return handle
        .createQuery("SELECT told, closed_at FROM events JOIN batches ON batches.id = batch_id WHERE events.id = ?")
        .bind(0, id)
        .map((row, _) -> new Before(row.getInt("told"), SqlTime.parseOrNull(row.getString("closed_at"))))
        .one();
  }

  /**
   * How an event stood before the change.
   *
   * @param closedAt when its batch was closed; null while that is open
   */
  private record Before(int told, @Nullable Instant closedAt) {}
}
