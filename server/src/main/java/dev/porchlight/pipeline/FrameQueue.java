package dev.porchlight.pipeline;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The queue before the detection stage. Each camera has its own places, so that a flood of one takes nothing from
 * another; cameras take turns; and the frames of one camera are looked at one at a time, in their order. Its overflow
 * rule: files wait on disk ({@link #reserve}), uploads are refused ({@link #tryReserve}), and of a stream the oldest
 * waiting picture is dropped ({@link #offer}). Thread-safe.
 */
public final class FrameQueue implements FrameIntake {
  private final int placesPerCamera;
  private final int streamPlaces;
  private final Consumer<FrameTask> submitted;
  private final Consumer<FrameTask> dropped;
  private final LongSupplier nanoTime;
  private final Map<String, Semaphore> places = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  @GuardedBy("lock")
  private final Map<String, WaitingTasks> waiting = new HashMap<>();
  /** The cameras whose turn may come: something waits, and nothing of theirs is being looked at. */
  @GuardedBy("lock")
  private final Set<String> ready = new LinkedHashSet<>();
  @GuardedBy("lock")
  private final Set<String> busy = new LinkedHashSet<>();

  /**
   * Makes an empty queue.
   *
   * @param placesPerCamera for what is reserved
   * @param streamPlaces    for pictures of a camera's stream, beside the others
   * @param submitted       hears of each task before it can be taken
   * @param dropped         is handed each picture of a stream that had to go, to end it; called on the thread that offers a
   *                        newer one, outside of the lock
   * @param nanoTime        a monotonic clock in nanoseconds
   */
  public FrameQueue(int placesPerCamera, int streamPlaces, Consumer<FrameTask> submitted, Consumer<FrameTask> dropped,
      LongSupplier nanoTime) {
    this.placesPerCamera = placesPerCamera;
    this.streamPlaces = streamPlaces;
    this.submitted = submitted;
    this.dropped = dropped;
    this.nanoTime = nanoTime;
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

  @Override
  public void offer(FrameTask task) {
    FrameTask tooOld = put(task, true);
    if (tooOld != null) {
      dropped.accept(tooOld);
    }
  }

  /** The next task, waiting for one. Its camera's turn ends with {@link #done}. */
  public FrameTask take() throws InterruptedException {
    WaitingTasks.Entry next = next();
    if (!next.isOffered()) {
      placesOf(next.task().frame().cameraId()).release();
    }
    return next.task();
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
      return waiting.values().stream().mapToInt(WaitingTasks::size).sum();
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks of a camera wait. */
  public int size(String cameraId) {
    lock.lock();
    try {
      WaitingTasks tasks = waiting.get(cameraId);
      return tasks == null ? 0 : tasks.size();
    } finally {
      lock.unlock();
    }
  }

  /** How many tasks wait, by camera; those with none are left out. */
  public Map<String, Integer> sizes() {
    lock.lock();
    try {
      var sizes = new TreeMap<String, Integer>();
      waiting.forEach((cameraId, tasks) -> sizes.put(cameraId, tasks.size()));
      return sizes;
    } finally {
      lock.unlock();
    }
  }

  /** For how long the task that came first has been waiting; zero when none waits. */
  public Duration oldestAge() {
    lock.lock();
    try {
      long now = nanoTime.getAsLong();
      OptionalLong oldest = waiting.values().stream().mapToLong(tasks -> now - tasks.oldestNanos()).max();
      return Duration.ofNanos(Math.max(0, oldest.orElse(0)));
    } finally {
      lock.unlock();
    }
  }

  private WaitingTasks.Entry next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (ready.isEmpty()) {
        changed.await();
      }
      String cameraId = ready.iterator().next();
      ready.remove(cameraId);
      busy.add(cameraId);
      WaitingTasks tasks = waiting.getOrDefault(cameraId, new WaitingTasks());
      WaitingTasks.Entry entry = tasks.remove();
      if (tasks.isEmpty()) {
        waiting.remove(cameraId);
      }
      return entry;
    } finally {
      lock.unlock();
    }
  }

  /** Returns the task that had to make room, if one had to. */
  private @Nullable FrameTask put(FrameTask task, boolean isOffered) {
    submitted.accept(task);
    String cameraId = task.frame().cameraId();
    lock.lock();
    try {
      WaitingTasks tasks = waiting.computeIfAbsent(cameraId, _ -> new WaitingTasks());
      FrameTask tooOld = isOffered && tasks.offered() >= streamPlaces ? tasks.removeOldestOffered() : null;
      tasks.add(task, isOffered, nanoTime.getAsLong());
      if (!busy.contains(cameraId)) {
        ready.add(cameraId);
        changed.signal();
      }
      return tooOld;
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
        var _ = put(task, false);
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
