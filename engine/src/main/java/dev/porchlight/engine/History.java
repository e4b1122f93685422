package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The retained frames of a channel, by position: the first frame ever appended has position 0. A ring that grows with
 * need up to the limit of messages. Confined to the lock of its channel.
 */
final class History {
  private final ChannelLimits limits;
  private @Nullable ByteBuffer[] frames = new ByteBuffer[64];
  private long[] appendedAt = new long[64];
  private long first;
  private long head;
  private long bytes;

  History(ChannelLimits limits) {
    this.limits = limits;
  }

  /** The position of the oldest frame retained; equal to {@link #head()} when there is none. */
  long first() {
    return first;
  }

  /** The position that the next frame gets. */
  long head() {
    return head;
  }

  void append(ByteBuffer frame, long nowNanos) {
    while (head > first
        && (head - first >= limits.messages() || bytes + frame.remaining() > limits.bytes()
            || isOld(first, nowNanos))) {
      forgetFirst();
    }
    if (head - first == frames.length) {
      grow();
    }
    frames[slot(head)] = frame;
    appendedAt[slot(head)] = nowNanos;
    bytes += frame.remaining();
    head++;
  }

  /** The frames from {@code position} on, at least one if there is one, else at most {@code maxBytes} of them. */
  List<ByteBuffer> read(long position, int maxBytes) {
    var read = new ArrayList<ByteBuffer>();
    int size = 0;
    for (long at = position; at < head; at++) {
      ByteBuffer frame = frameAt(at);
      size += frame.remaining();
      if (size > maxBytes && !read.isEmpty()) {
        break;
      }
      read.add(frame);
    }
    return read;
  }

  private boolean isOld(long position, long nowNanos) {
    return nowNanos - appendedAt[slot(position)] > limits.age().toNanos();
  }

  private void forgetFirst() {
    bytes -= frameAt(first).remaining();
    frames[slot(first)] = null;
    first++;
  }

  private ByteBuffer frameAt(long position) {
    ByteBuffer frame = frames[slot(position)];
    if (frame == null) {
      throw new IllegalStateException("no frame at " + position + ", retained are " + first + " to " + head);
    }
    return frame;
  }

  private void grow() {
    int length = frames.length;
    var moved = new ByteBuffer[length * 2];
    var times = new long[length * 2];
    for (long at = first; at < head; at++) {
      moved[(int) (at & moved.length - 1)] = frameAt(at);
      times[(int) (at & times.length - 1)] = appendedAt[slot(at)];
    }
    Arrays.fill(frames, null);
    frames = moved;
    appendedAt = times;
  }

  private int slot(long position) {
    return (int) (position & frames.length - 1);
  }
}
