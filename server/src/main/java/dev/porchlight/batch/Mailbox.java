package dev.porchlight.batch;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A bounded queue with one reader that can also be woken for nothing but to look at its clock. Its overflow rule: whoever
 * puts something in waits for room, or goes on without ({@link #offer}). Thread-safe.
 */
final class Mailbox<T> {
  private final int capacity;
  private final LongSupplier nanoTime;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition arrived = lock.newCondition();
  private final Condition room = lock.newCondition();
  @GuardedBy("lock")
  private final Queue<T> items = new ArrayDeque<>();
  @GuardedBy("lock")
  private boolean woken;

  Mailbox(int capacity, LongSupplier nanoTime) {
    this.capacity = capacity;
    this.nanoTime = nanoTime;
  }

  void put(T item) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (items.size() >= capacity) {
        room.await();
      }
      items.add(item);
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** Puts something in if there is room; false when there is none. */
  boolean offer(T item) {
    lock.lock();
    try {
      if (items.size() >= capacity) {
        return false;
      }
      items.add(item);
      arrived.signal();
      return true;
    } finally {
      lock.unlock();
    }
  }

  /** Makes the reader come back from {@link #take}, with nothing if there is nothing. */
  void wake() {
    lock.lock();
    try {
      woken = true;
      arrived.signal();
    } finally {
      lock.unlock();
    }
  }

  /** The next item; null when the reader was woken, or {@code deadlineNanos} has come, before there was one. */
  @Nullable
  T take(long deadlineNanos) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadlineNanos - nanoTime.getAsLong();
      while (items.isEmpty() && !woken && left > 0) {
        left = arrived.awaitNanos(left);
      }
      woken = false;
      T item = items.poll();
      room.signal();
      return item;
    } finally {
      lock.unlock();
    }
  }
}
