package dev.porchlight.live;

import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.GpuStats;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.Subscription;
import java.util.Set;

/**
 * The typed front of {@code /ws/system}: {@code gpu_stats} and {@code camera_status}. Both are gauges: a connection that
 * falls behind is moved on to their latest values. Thread-safe.
 */
public final class SystemBroadcaster {
  private final Channel channel;

  /** Broadcasts on {@code channel}. */
  public SystemBroadcaster(Channel channel) {
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
   * Tells everybody how the graphics processor is. Never waits for a connection, never throws because of one.
   *
   * @return the open connections it was appended for, less those already known to have failed; no receipt
   */
  public int broadcastGpuStats(GpuStats stats) {
    return channel.publish(Messages.of(stats));
  }

  /** Tells everybody that a camera came or went; returns what {@link #broadcastGpuStats} does. */
  public int broadcastCameraStatus(CameraStatus status) {
    return channel.publish(Messages.of(status));
  }

  /** The open connections: a live view, in which adding and removing take constant time. */
  public Set<Sink> connections() {
    return channel.sinks();
  }
}
