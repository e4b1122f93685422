package dev.porchlight.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * Since when each camera has been quiet: nothing of it has arrived and nothing of it waits. Grows with the cameras only.
 * Thread-safe.
 */
final class Activity {
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  @GuardedBy("lock")
  private final Map<String, Camera> cameras = new HashMap<>();

  Activity(LongSupplier nanoTime) {
    this.nanoTime = nanoTime;
  }

  /** A frame of this camera arrived and waits. */
  void arrived(String cameraId) {
    change(cameraId, 1);
  }

  /** A frame of this camera waits no longer. */
  void settled(String cameraId) {
    change(cameraId, -1);
  }

  /** The nano time since which a camera has been quiet; empty while something of it waits. */
  OptionalLong quietSince(String cameraId) {
    lock.lock();
    try {
      Camera camera = cameras.computeIfAbsent(cameraId, _ -> new Camera(0, nanoTime.getAsLong()));
      return camera.waiting > 0 ? OptionalLong.empty() : OptionalLong.of(camera.lastChange);
    } finally {
      lock.unlock();
    }
  }

  private void change(String cameraId, int by) {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      cameras.merge(cameraId, new Camera(Math.max(0, by), now), (old, _) -> new Camera(old.waiting + by, now));
    } finally {
      lock.unlock();
    }
  }

  private record Camera(int waiting, long lastChange) {}
}
