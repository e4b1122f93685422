package dev.porchlight.engine;

/**
 * When each retained message was appended, and for how many: a ring that grows with need. Confined to the lock of its
 * channel.
 */
final class Appended {
  private long[] nanos = new long[64];
  private int[] reached = new int[64];
  private long first;
  private int size;

  /**
   * Nothing yet.
   *
   * @param first the number of the message that comes first
   */
  Appended(long first) {
    this.first = first;
  }

  /** The number of the oldest message; the next one's when there is none. */
  long first() {
    return first;
  }

  int size() {
    return size;
  }

  void append(long nowNanos, int followers) {
    if (size == nanos.length) {
      grow();
    }
    int slot = slot(first + size, nanos.length);
    nanos[slot] = nowNanos;
    reached[slot] = followers;
    size++;
  }

  /** For how many followers a message was appended; 0 when it is no longer retained. */
  int reached(long seq) {
    return seq >= first && seq < first + size ? reached[slot(seq, nanos.length)] : 0;
  }

  /** True when the oldest message was appended before {@code sinceNanos}. */
  boolean isOldestBefore(long sinceNanos) {
    return nanos[slot(first, nanos.length)] - sinceNanos < 0;
  }

  void forgetOldest() {
    first++;
    size--;
  }

  private void grow() {
    var moved = new long[size * 2];
    var counts = new int[size * 2];
    for (long seq = first; seq < first + size; seq++) {
      moved[slot(seq, moved.length)] = nanos[slot(seq, size)];
      counts[slot(seq, moved.length)] = reached[slot(seq, size)];
    }
    nanos = moved;
    reached = counts;
  }

  private static int slot(long seq, int length) {
    return (int) (seq & length - 1);
  }
}
