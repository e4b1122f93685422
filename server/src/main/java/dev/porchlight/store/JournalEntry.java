package dev.porchlight.store;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message of {@code /ws/events} as the {@link Journal} keeps it. The array is handed over, not copied.
 *
 * @param seq       its number, from 1
 * @param type      of the message
 * @param id        of the event or detection that it tells of
 * @param riskScore of the event, 0 to 100; null when it tells of none
 * @param message   the whole plain message, {@code {"type": …, "data": {…}}}, UTF-8
 */
@SuppressWarnings("ArrayRecordComponent")
public record JournalEntry(long seq, String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message,
    Instant writtenAt) {}
