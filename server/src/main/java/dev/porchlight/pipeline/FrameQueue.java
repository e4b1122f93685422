package dev.porchlight.pipeline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * The queue before the detection stage. Each camera has its own places, so that a flood of one takes nothing from
 * another; cameras take turns; and the frames of one camera are looked at one at a time, in their order. Its overflow
 * rule: files wait on disk ({@link #reserve}), uploads are refused ({@link #tryReserve}). Thread-safe.
 */
public final class FrameQueue implements FrameIntake {
  private final int placesPerCamera;
  private final Consumer<FrameTask> submitted;
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  @GuardedBy("lock")
  private final Map<String, Queue<FrameTask>> waiting = new HashMap<>();
  /** The cameras whose turn may come: something waits, and nothing of theirs is being looked at. */
  @GuardedBy("lock")
  private final Set<String> ready = new LinkedHashSet<>();
  @GuardedBy("lock")
  private final Set<String> busy = new LinkedHashSet<>();

  /**
   * Makes an empty queue.
   *
   * @param submitted hears of each task before it can be taken
   */
  public FrameQueue(int placesPerCamera, Consumer<FrameTask> submitted) {
    this.placesPerCamera = placesPerCamera;
    this.submitted = submitted;
  }

  @Override
  public Optional<Place> tryReserve(String cameraId) {
    Semaphore free = placesOf(cameraId);
    return free.tryAcquire() ? Optional.of(new Reservation(cameraId, free)) : Optional.empty();
  }

  @Override
  public Place reserve(String cameraId) throws InterruptedException {
    Semaphore free = placesOf(cameraId);
    free.acquire();
    return new Reservation(cameraId, free);
  }

  /** The next task, waiting for one. Its camera's turn ends with {@link #done}. */
  public FrameTask take() throws InterruptedException {
    FrameTask task = next();
    placesOf(task.frame().cameraId()).release();
    return task;
  }

  /** The task of this camera that was taken has been dealt with. */
  public void done(String cameraId) {
    lock.lock();
    try {
      busy.remove(cameraId);
      if (waiting.containsKey(cameraId)) {
        ready.add(cameraId);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks wait. */
  public int size() {
    lock.lock();
    try {
      return waiting.values().stream().mapToInt(Queue::size).sum();
    } finally {
      lock.unlock();
    }
  }

  private FrameTask next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (ready.isEmpty()) {
        changed.await();
      }
      String cameraId = ready.iterator().next();
      ready.remove(cameraId);
      busy.add(cameraId);
      Queue<FrameTask> tasks = waiting.getOrDefault(cameraId, new ArrayDeque<>());
      FrameTask task = tasks.remove();
      if (tasks.isEmpty()) {
        waiting.remove(cameraId);
      }
      return task;
    } finally {
      lock.unlock();
    }
  }

  private void put(FrameTask task) {
    submitted.accept(task);
    String cameraId = task.frame().cameraId();
    lock.lock();
    try {
      waiting.computeIfAbsent(cameraId, _ -> new ArrayDeque<>()).add(task);
      if (!busy.contains(cameraId)) {
        ready.add(cameraId);
        changed.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  private Semaphore placesOf(String cameraId) {
    return places.computeIfAbsent(cameraId, _ -> new Semaphore(placesPerCamera, true));
  }

  private final class Reservation implements Place {
    private final String cameraId;
    private final Semaphore free;
    private final AtomicBoolean used = new AtomicBoolean();

    Reservation(String cameraId, Semaphore free) {
      this.cameraId = cameraId;
      this.free = free;
    }

    @Override
    public void submit(FrameTask task) {
      if (!task.frame().cameraId().equals(cameraId)) {
        throw new IllegalArgumentException("a place of " + cameraId + " for a frame of " + task.frame().cameraId());
      }
      if (used.compareAndSet(false, true)) {
        put(task);
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
