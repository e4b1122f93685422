package dev.porchlight.engine;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The messages of a channel in one encoding: a chain of segments. It has every message from the number it was begun at,
 * whatever is forgotten at the tail. Confined to the lock of its channel; what it appends is read without.
 */
final class Log {
  private static final int MOST_SEGMENT_BYTES = 64 * 1024;
  private static final int FEWEST_SEGMENT_BYTES = 8 * 1024;

  private final Encoding encoding;
  private final Memory memory;
  private final int segmentBytes;
  private final Deque<Segment> chain = new ArrayDeque<>();
  private Segment head;
  /** Memory that was made for a message which then was not appended; kept for the next one. */
  private @Nullable Block spare;
  private int spareBytes;
  private @Nullable Segment forgotten;
  private long first;
  private long bytes;
  private long mostBytes;
  private int followers;
  private int filtered;
  private long idleSince;

  /**
   * A log without messages.
   *
   * @param first     the number that the next message will have
   * @param mostBytes that the channel retains: segments are a small part of that
   */
  Log(Encoding encoding, Memory memory, long first, long mostBytes) {
    this.encoding = encoding;
    this.memory = memory;
    this.first = first;
    this.segmentBytes = Math.clamp(mostBytes / 8, FEWEST_SEGMENT_BYTES, MOST_SEGMENT_BYTES);
    this.head = Segment.start(first);
    chain.addLast(head);
  }

  Encoding encoding() {
    return encoding;
  }

  /** The number of the oldest message retained here; the next one's when there is none. */
  long first() {
    return first;
  }

  /** The bytes of the frames retained. */
  long bytes() {
    return bytes;
  }

  /** The most that {@link #bytes} ever was. */
  long mostBytes() {
    return mostBytes;
  }

  int followers() {
    return followers;
  }

  long idleSince() {
    return idleSince;
  }

  /** How many of the followers are told of everything. */
  int unfiltered() {
    return followers - filtered;
  }

  void joined(boolean isFiltered) {
    followers++;
    filtered += isFiltered ? 1 : 0;
  }

  void left(boolean isFiltered, long nowNanos) {
    followers--;
    filtered -= isFiltered ? 1 : 0;
    idleSince = nowNanos;
  }

  /** Makes sure that {@link #append} needs no more memory for the message; fails, changing nothing, when there is none. */
  void makeRoom(Encoded message) {
    int size = message.size();
    if (head.hasRoom(size) || (spare != null && spareBytes >= size)) {
      return;
    }
    int capacity = Math.max(segmentBytes, size);
    Block made = memory.allocate(capacity);
    releaseSpare();
    spare = made;
    spareBytes = capacity;
  }

  /** Appends a message for which {@link #makeRoom} has made room. */
  void append(long seq, Encoded message, Label label) {
    int size = message.size();
    Block block = spare;
    if (!head.hasRoom(size)) {
      if (block == null) {
        throw new IllegalStateException("no room was made");
      }
      Segment fresh = Segment.of(seq, block, spareBytes);
      spare = null;
      fresh.append(message, label);
      // Linked once it holds its first frame: a reader that finds a next segment finds something in it.
      head.follow(fresh);
      head = fresh;
      chain.addLast(fresh);
    } else {
      head.append(message, label);
    }
    bytes += size;
    mostBytes = Math.max(mostBytes, bytes);
  }

  /** Forgets all messages before {@code seq}, of which there are no more than were appended. */
  void forgetBefore(long seq) {
    while (first < seq) {
      Segment tail = chain.getFirst();
      int frame = (int) (first - tail.firstSeq());
      int count = Segment.frames(tail.published());
      if (frame == count) {
        forgetTail();
      } else {
        bytes -= tail.end(frame) - tail.start(frame);
        first++;
      }
    }
    // Readers have been told by the channel's number of the first message; memory goes with the last write under way.
    while (chain.size() > 1 && isForgotten(chain.getFirst())) {
      forgetTail();
    }
  }

  /**
   * Lets the oldest segment go, and cuts off the one before: whoever still stands there has fallen behind, since it lacks
   * this one, and must not keep alive all that follows. From this one on somebody may still go on.
   */
  private void forgetTail() {
    Segment tail = chain.removeFirst();
    tail.retire();
    if (forgotten != null) {
      forgotten.follow(null);
    }
    forgotten = tail;
  }

  /** Where the message {@code seq}, or the next one to come, begins. */
  Segment segmentOf(long seq) {
    for (Segment segment : chain) {
      if (seq - segment.firstSeq() < Segment.frames(segment.published())) {
        return segment;
      }
    }
    return head;
  }

  /** Lets go of all memory; who still follows finds nothing new. */
  void close() {
    chain.forEach(Segment::retire);
    chain.clear();
    releaseSpare();
  }

  private void releaseSpare() {
    if (spare != null) {
      spare.release();
      spare = null;
    }
  }

  private boolean isForgotten(Segment segment) {
    return segment.firstSeq() + Segment.frames(segment.published()) <= first;
  }
}
