package dev.porchlight.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.FileVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/**
 * The files of one camera that wait until they have rested. Its overflow rule: what finds no room is dropped, since the
 * file itself stays and the next scan finds it again; until a scan has found everything, only scans add to it, so that
 * the oldest come first. Thread-safe; one thread takes.
 */
final class CandidateQueue {
  private final int capacity;
  private final long debounceNanos;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition dueSooner = lock.newCondition();
  /** All candidates, also the one that is being looked at. */
  @GuardedBy("lock")
  private final Map<Path, Candidate> byPath = new HashMap<>();
  @GuardedBy("lock")
  private final NavigableSet<Candidate> order = new TreeSet<>(Candidate.ORDER);
  /** Something was dropped that no scan has brought back yet. */
  @GuardedBy("lock")
  private boolean behind;

  /** What a scan has gone through. */
  enum Extent {
    /** Some folder of the camera. */
    PART,
    /** Everything, and everything unknown is handed on. */
    WHOLE,
    /** Everything, but there is more than is handed on. */
    CUT
  }

  CandidateQueue(int capacity, Duration debounce, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.debounceNanos = debounce.toNanos();
    this.nanoTime = nanoTime;
  }

  /** A file has been seen; false when it found no room. */
  boolean hint(FileVersion version) {
    long now = nanoTime.getAsLong();
    lock.lock();
    try {
      if (behind && !byPath.containsKey(version.path())) {
        return false;
      }
      return add(version, now);
    } finally {
      lock.unlock();
    }
  }

  /** A scan has found these, oldest first. They are due together, so that they are taken in this order. */
  void addFound(List<FileVersion> found, Extent extent) {
    long now = nanoTime.getAsLong();
    lock.lock();
    try {
      if (extent != Extent.PART) {
        behind = extent == Extent.CUT;
      }
      for (FileVersion version : found) {
        if (!add(version, now)) {
          return;
        }
      }
    } finally {
      lock.unlock();
    }
  }

  /** The next candidate, waiting until it is due. It ends in {@link #done} or {@link #again}. */
  Candidate take() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (true) {
        if (order.isEmpty()) {
          dueSooner.await();
          continue;
        }
        Candidate first = order.getFirst();
        long wait = first.dueNanos() - nanoTime.getAsLong();
        if (wait <= 0) {
          order.remove(first);
          return first;
        }
        var _ = dueSooner.awaitNanos(wait);
      }
    } finally {
      lock.unlock();
    }
  }

  /**
   * The candidate that was taken is dealt with, unless the file was seen changed meanwhile.
   *
   * @return true when a scan would find more and there is room for it
   */
  boolean done(Candidate candidate) {
    lock.lock();
    try {
      byPath.remove(candidate.path(), candidate);
      return behind && byPath.size() == capacity / 2;
    } finally {
      lock.unlock();
    }
  }

  /** The candidate that was taken is to be looked at again, unless the file was seen changed meanwhile. */
  void again(Candidate candidate, Candidate next) {
    lock.lock();
    try {
      if (byPath.replace(candidate.path(), candidate, next)) {
        order.add(next);
        dueSooner.signal();
      }
    } finally {
      lock.unlock();
    }
  }

  /** The candidate that was taken has changed since: it rests anew. */
  void changed(Candidate candidate, FileVersion version) {
    again(candidate, resting(version, nanoTime.getAsLong()));
  }

  /** True when this file is a candidate. */
  boolean holds(Path path) {
    lock.lock();
    try {
      return byPath.containsKey(path);
    } finally {
      lock.unlock();
    }
  }

  @GuardedBy("lock")
  private boolean add(FileVersion version, long now) {
    Candidate before = byPath.get(version.path());
    if (before != null && before.version().equals(version)) {
      return true;
    }
    if (before == null && byPath.size() >= capacity) {
      behind = true;
      return false;
    }
    if (before != null) {
      order.remove(before);
    }
    Candidate next = resting(version, now);
    byPath.put(version.path(), next);
    order.add(next);
    dueSooner.signal();
    return true;
  }

  private Candidate resting(FileVersion version, long now) {
    return new Candidate(version, now, now + debounceNanos, false);
  }
}
