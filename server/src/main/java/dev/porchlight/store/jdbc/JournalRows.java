package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.store.JournalEntry;
import dev.porchlight.store.JournalEntry.Change;
import dev.porchlight.store.MessageEncoder;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows that one transaction adds to the journal. Confined to that transaction. */
final class JournalRows {
  /** The {@code told} of an event before its first message. */
  static final int NOT_TOLD = -1;

  private final Handle handle;
  private final MessageEncoder encoder;
  private final String now;
  private long last;

  JournalRows(Handle handle, MessageEncoder encoder, String now) {
    this.handle = handle;
    this.encoder = encoder;
    this.now = now;
  }

  /** The first message of an event. */
  void newEvent(NewEvent event) {
    add("new_event", event.id(), event.cameraId(), event.riskScore(), encoder.newEvent(event));
  }

  /** A later message of an event, see {@link JournalEntry.Change}. */
  void eventChanged(EventUpdate update, int told, boolean rose, boolean isLate) {
    NewEvent event = update.event();
    insert("event_updated", event.id(), event.cameraId(), event.riskScore(), encoder.newEvent(event),
        new Change(told, rose, isLate, encoder.eventUpdated(update)));
  }

  void detection(Detection detection) {
    add("detection", detection.id(), detection.cameraId(), null, encoder.detection(detection));
  }

  /** Adds a message with the next number, which is taken back when the transaction is. One of an event is its first. */
  void add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    insert(type, id, cameraId, riskScore, message, null);
  }

  private void insert(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message,
      @Nullable Change change) {
    @Nullable
    Integer told = riskScore == null ? null : Integer.valueOf(change == null ? NOT_TOLD : change.told());
    last = handle.createQuery("UPDATE journal_epoch SET last_seq = last_seq + 1 RETURNING last_seq")
        .mapTo(Long.class)
        .one();
    handle
        .createUpdate(
            """
            INSERT INTO journal (seq, type, ref, camera_id, risk_score, message, told, updated, rose, late, written_at)
            VALUES (:seq, :type, :ref, :camera, :score, CAST(:message AS TEXT), :told, CAST(:updated AS TEXT),
              :rose, :late, :at)""")
        .bind("seq", last)
        .bind("type", type)
        .bind("ref", id)
        .bind("camera", cameraId)
        .bind("score", riskScore)
        .bind("message", message)
        .bind("told", told)
        .bind("updated", change == null ? null : change.updated())
        .bind("rose", change != null && change.rose() ? 1 : 0)
        .bind("late", change != null && change.isLate() ? 1 : 0)
        .bind("at", now)
        .execute();
  }

  /** The number of the last row added, 0 when none was. */
  long last() {
    return last;
  }
}
