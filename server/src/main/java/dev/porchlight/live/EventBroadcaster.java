package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.Subscription;
import dev.porchlight.json.WireJson;
import java.util.Set;

/** The typed front of {@code /ws/events}: {@code new_event} and {@code detection}. Thread-safe. */
public final class EventBroadcaster {
  private final Channel channel;

  /** Broadcasts on {@code channel}. */
  public EventBroadcaster(Channel channel) {
    this.channel = channel;
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
    return channel.publish(Messages.of("new_event", json -> WireJson.newEvent(json, event)), null);
  }

  /** Tells everybody of a detection; returns what {@link #broadcastNewEvent} does. */
  public int broadcastDetection(Detection detection) {
    return channel.publish(Messages.of("detection", json -> WireJson.detection(json, detection)), null);
  }

  /** The open connections: a live view, in which adding and removing take constant time. */
  public Set<Sink> connections() {
    return channel.sinks();
  }
}
