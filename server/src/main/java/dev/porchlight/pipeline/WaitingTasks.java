package dev.porchlight.pipeline;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;

/** The tasks of one camera that wait, in their order. Confined to whoever holds the queue's lock. */
final class WaitingTasks {
  private final Deque<Entry> entries = new ArrayDeque<>();
  private int offered;

  void add(FrameTask task, boolean isOffered, long nowNanos) {
    entries.add(new Entry(task, isOffered, nowNanos));
    offered += isOffered ? 1 : 0;
  }

  Entry remove() {
    Entry entry = entries.remove();
    offered -= entry.isOffered ? 1 : 0;
    return entry;
  }

  /** Takes out the oldest of those that were offered; there must be one. */
  FrameTask removeOldestOffered() {
    for (Iterator<Entry> left = entries.iterator(); left.hasNext();) {
      Entry entry = left.next();
      if (entry.isOffered) {
        left.remove();
        offered--;
        return entry.task;
      }
    }
    throw new IllegalStateException("nothing was offered");
  }

  /** How many of them were offered. */
  int offered() {
    return offered;
  }

  int size() {
    return entries.size();
  }

  boolean isEmpty() {
    return entries.isEmpty();
  }

  /** Since when the first has been waiting; there must be one. */
  long oldestNanos() {
    return entries.getFirst().sinceNanos;
  }

  /** A task, by which door it came, and when. */
  record Entry(FrameTask task, boolean isOffered, long sinceNanos) {}
}
