package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.Subscription;
import dev.porchlight.store.Journal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The typed front of {@code /ws/events}: {@code new_event} and {@code detection}. Thread-safe. */
public final class EventBroadcaster {
  private final Channel channel;
  private final @Nullable Outbox outbox;

  /** Broadcasts on {@code channel}, which numbers by itself. */
  public EventBroadcaster(Channel channel) {
    this.channel = channel;
    this.outbox = null;
  }

  /**
   * Broadcasts on {@code channel} what the journal holds, in its order and with its numbers: what is broadcast must have
   * been written there, in the transaction that stored it; what was not is written there first.
   */
  public EventBroadcaster(Channel channel, Journal journal) {
    this.channel = channel;
    this.outbox = new Outbox(channel, journal);
  }

  /** Lets a connection follow: what is broadcast after this returns reaches it. Twice is once. */
  public Subscription connect(Sink connection) {
    return channel.subscribe(connection);
  }

  /** Lets a connection go. One that is unknown, or gone already, is left alone. */
  public void disconnect(Sink connection) {
    channel.unsubscribe(connection);
  }

  /**
   * Tells everybody of a new event. Never waits for a connection, never throws because of one.
   *
   * @return the open connections it was appended for, less those already known to have failed; no receipt
   */
  public int broadcastNewEvent(NewEvent event) {
    return outbox == null
        ? channel.publish(Messages.of(event))
        : outbox.send(Messages.NEW_EVENT, event.id(), () -> Messages.of(event));
  }

  /** Tells everybody of a detection; returns what {@link #broadcastNewEvent} does. */
  public int broadcastDetection(Detection detection) {
    return outbox == null
        ? channel.publish(Messages.of(detection))
        : outbox.send(Messages.DETECTION, detection.id(), () -> Messages.of(detection));
  }

  /**
   * Tells of an event that was analysed again or reviewed: those who speak {@code porchlight.v1}, and plain clients when
   * its level rose; returns what {@link #broadcastNewEvent} does. With a journal, the update was written there in the
   * transaction that stored it: an event is updated more than once, so that its id alone would not tell which update is
   * meant.
   */
  public int broadcastEventUpdated(EventUpdate update) {
    return outbox == null ? channel.publish(Messages.of(update)) : outbox.sendCommitted();
  }

  /**
   * Makes up for what is stored and was not broadcast, because the store did not work or its caller did not come so far. To
   * be called now and then.
   */
  public void catchUp() {
    if (outbox != null) {
      outbox.catchUp();
    }
  }

  /** The number of the last message that was broadcast. */
  long sentTo() {
    return channel.last();
  }

  /** The open connections: a live view, in which adding and removing take constant time. */
  public Set<Sink> connections() {
    return channel.sinks();
  }
}
