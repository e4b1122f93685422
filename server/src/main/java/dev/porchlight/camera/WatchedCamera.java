package dev.porchlight.camera;

import java.time.Instant;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * What the monitor knows of one camera. Its signs of life come on any thread; everything else is written on the monitor's
 * own.
 */
final class WatchedCamera {
  final String cameraId;
  volatile long lastNanos;
  volatile Instant lastSeen;
  volatile boolean online;
  /** True while it has come back, and it remains to be seen whether it stays. */
  volatile boolean onTrial;
  /** When it was last given up by this process; null when it never was. */
  @Nullable
  Long offlineSinceNanos;
  @Nullable
  Future<?> next;

  WatchedCamera(String cameraId, long lastNanos, Instant lastSeen, boolean online) {
    this.cameraId = cameraId;
    this.lastNanos = lastNanos;
    this.lastSeen = lastSeen;
    this.online = online;
  }

  void sign(long nowNanos, Instant at) {
    lastNanos = nowNanos;
    lastSeen = at;
  }

  void cancelNext() {
    if (next != null) {
      next.cancel(false);
      next = null;
    }
  }
}
