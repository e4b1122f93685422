package dev.porchlight.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.metrics.TaskGuard;
import java.time.Duration;
import java.util.List;
import java.util.SequencedMap;
import java.util.TreeMap;

/** The lanes of all cameras whose folder was seen. Thread-safe. */
final class CameraLanes {
  /** At about 300 bytes each, a camera's candidates take 3 MB at most. */
  static final int CANDIDATES = 10_000;

  private final Ingesting shared;
  private final int candidates;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private final SequencedMap<String, CameraLane> lanes = new TreeMap<>();
  @GuardedBy("lock")
  private boolean closed;

  CameraLanes(Ingesting shared, int candidates) {
    this.shared = shared;
    this.candidates = candidates;
  }

  /** The most candidates that one lane holds. */
  int capacity() {
    return candidates;
  }

  /** The lane of a camera, started when it is new, which the store is told. */
  CameraLane of(String cameraId) throws InterruptedException {
    CameraLane lane;
    synchronized (lock) {
      if (closed) {
        throw new InterruptedException("closing");
      }
      lane = lanes.get(cameraId);
      if (lane == null) {
        var queue = new CandidateQueue(candidates, shared.config().debounce(), shared.nanoTime());
        lane = new CameraLane(cameraId, shared, queue);
        lanes.put(cameraId, lane);
        lane.start();
      }
    }
    lane.ensureKnown();
    return lane;
  }

  int count() {
    synchronized (lock) {
      return lanes.size();
    }
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  Component taskState() {
    List<CameraLane> all;
    synchronized (lock) {
      all = List.copyOf(lanes.values());
    }
    return TaskGuard.worst(all.stream().map(CameraLane::taskState));
  }

  /** Stops the lanes, each after the file it is at; those that are at it longer than the deadline are left behind. */
  void close(Duration deadline) throws InterruptedException {
    List<CameraLane> all;
    synchronized (lock) {
      closed = true;
      all = List.copyOf(lanes.values());
    }
    List<Thread> threads = all.stream().map(CameraLane::stop).toList();
    long end = System.nanoTime() + deadline.toNanos();
    for (Thread thread : threads) {
      Stopping.join(thread, end);
    }
  }
}
