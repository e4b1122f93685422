package dev.porchlight.store;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;

/**
 * Makes the messages that the {@link Journal} keeps: each whole, {@code {"type": …, "data": {…}}}, UTF-8. Called inside
 * the transaction that stores the thing, since its id is known only there: quick, and from any thread.
 */
public interface MessageEncoder {
  /** The {@code new_event} message. */
  byte[] newEvent(NewEvent event);

  /** The {@code event_updated} message. */
  byte[] eventUpdated(EventUpdate update);

  /** The {@code detection} message. */
  byte[] detection(Detection detection);
}
