package dev.porchlight.store.jdbc;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.store.MessageEncoder;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The rows that one transaction adds to the journal. Confined to that transaction. */
final class JournalRows {
  private final Handle handle;
  private final MessageEncoder encoder;
  private final String now;
  private long last;

  JournalRows(Handle handle, MessageEncoder encoder, String now) {
    this.handle = handle;
    this.encoder = encoder;
    this.now = now;
  }

  void newEvent(NewEvent event) {
    add("new_event", event.id(), event.cameraId(), event.riskScore(), encoder.newEvent(event));
  }

  void eventUpdated(EventUpdate update) {
    NewEvent event = update.event();
    add("event_updated", event.id(), event.cameraId(), event.riskScore(), encoder.eventUpdated(update));
  }

  void detection(Detection detection) {
    add("detection", detection.id(), detection.cameraId(), null, encoder.detection(detection));
  }

  /** Adds a message with the next number, which is taken back when the transaction is. */
  void add(String type, long id, String cameraId, @Nullable Integer riskScore, byte[] message) {
    last = handle.createQuery("UPDATE journal_epoch SET last_seq = last_seq + 1 RETURNING last_seq")
        .mapTo(Long.class)
        .one();
    handle
        .createUpdate("""
                      INSERT INTO journal (seq, type, ref, camera_id, risk_score, message, written_at)
                      VALUES (?, ?, ?, ?, ?, CAST(? AS TEXT), ?)""")
        .bind(0, last)
        .bind(1, type)
        .bind(2, id)
        .bind(3, cameraId)
        .bind(4, riskScore)
        .bind(5, message)
        .bind(6, now)
        .execute();
  }

  /** The number of the last row added, 0 when none was. */
  long last() {
    return last;
  }
}
