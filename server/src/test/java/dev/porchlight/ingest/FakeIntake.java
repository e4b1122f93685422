package dev.porchlight.ingest;

import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.pipeline.FrameTask;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/** The way into the detection stage, where nothing is ever looked at: what is submitted gives its place back at once. */
final class FakeIntake implements FrameIntake {
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final List<FrameTask> submitted = new CopyOnWriteArrayList<>();

  /** Takes all places of a camera. */
  void fill(String cameraId) {
    var _ = placesOf(cameraId).drainPermits();
  }

  /** Gives a place of a camera back. */
  void free(String cameraId) {
    placesOf(cameraId).release();
  }

  int freePlaces(String cameraId) {
    return placesOf(cameraId).availablePermits();
  }

  boolean someoneWaitsFor(String cameraId) {
    return placesOf(cameraId).hasQueuedThreads();
  }

  List<FrameTask> submitted() {
    return List.copyOf(submitted);
  }

  /** The names of the files submitted, in order. */
  List<String> names() {
    return submitted.stream().map(task -> String.valueOf(task.frame().path().getFileName())).toList();
  }

  @Override
  public Optional<Place> tryReserve(String cameraId) {
    return placesOf(cameraId).tryAcquire() ? Optional.of(new FakePlace(placesOf(cameraId))) : Optional.empty();
  }

  @Override
  public Place reserve(String cameraId) throws InterruptedException {
    placesOf(cameraId).acquire();
    return new FakePlace(placesOf(cameraId));
  }

  @Override
  public void offer(FrameTask task) {
    submitted.add(task);
  }

  private Semaphore placesOf(String cameraId) {
    return places.computeIfAbsent(cameraId, _ -> new Semaphore(4));
  }

  private final class FakePlace implements Place {
    private final Semaphore free;
    private final AtomicBoolean used = new AtomicBoolean();

    FakePlace(Semaphore free) {
      this.free = free;
    }

    @Override
    public void submit(FrameTask task) {
      if (used.compareAndSet(false, true)) {
        submitted.add(task);
        free.release();
      }
    }

    @Override
    public void close() {
      if (used.compareAndSet(false, true)) {
        free.release();
      }
    }
  }
}
