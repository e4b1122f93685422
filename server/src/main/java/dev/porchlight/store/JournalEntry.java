package dev.porchlight.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of {@code /ws/events} as the {@link Journal} keeps it. The array is handed over, not copied.
 *
 * @param seq       its number, from 1
 * @param type      of the message: {@code detection}; {@code new_event} for the first of an event, {@code event_updated}
 *                  for each later one
 * @param id        of the event or detection that it tells of
 * @param riskScore of the event, 0 to 100; null when it tells of none
 * @param message   the whole plain message, {@code {"type": …, "data": {…}}}, UTF-8: of an event always its {@code
 *                  new_event}
 * @param change    what a later message of an event changes; null for all others
 */
@SuppressWarnings("ArrayRecordComponent")
public record JournalEntry(long seq, String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message,
    @Nullable Change change, Instant writtenAt) {
  /**
   * What is known of an event when it changes.
   *
   * @param told    the highest score of its earlier messages
   * @param rose    true when the level of the new score is higher than that of {@code told}
   * @param isLate  true when nobody is to get the {@code new_event} any more
   * @param updated the whole {@code event_updated} message, UTF-8
   */
  @SuppressWarnings("ArrayRecordComponent")
  public record Change(int told, boolean rose, boolean isLate, byte[] updated) {}
}
