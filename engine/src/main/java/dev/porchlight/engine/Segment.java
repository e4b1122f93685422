package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a log: frames one after the other in one block, and where each ends. Appended to by one thread at a time,
 * under the channel's lock; read without a lock by any number. A frame never spans segments.
 */
final class Segment {
  private static final int FIRST_PLACES = 32;

  private final long firstSeq;
  private final @Nullable Block block;
  private final int capacity;
  private Index index = new Index(new int[FIRST_PLACES], new Label[FIRST_PLACES]);
  private boolean hasHidden;
  /** How many frames are there and how many bytes they take, in one word, since they are one fact. */
  private volatile long published;
  private volatile @Nullable Segment next;

  private Segment(long firstSeq, @Nullable Block block, int capacity) {
    this.firstSeq = firstSeq;
    this.block = block;
    this.capacity = capacity;
  }

  /** Where a log begins: a segment without room, so that a log without messages takes no memory. */
  static Segment start(long firstSeq) {
    return new Segment(firstSeq, null, 0);
  }

  static Segment of(long firstSeq, Block block, int capacity) {
    return new Segment(firstSeq, block, capacity);
  }

  /** The number of the first frame. */
  long firstSeq() {
    return firstSeq;
  }

  long published() {
    return published;
  }

  static int frames(long published) {
    return (int) (published >>> 32);
  }

  static int bytes(long published) {
    return (int) published;
  }

  @Nullable
  Segment next() {
    return next;
  }

  /** True when plain followers are not told of some frame in here. */
  boolean hasHidden() {
    return hasHidden;
  }

  Label label(int frame) {
    return index.labels()[frame];
  }

  int start(int frame) {
    return frame == 0 ? 0 : index.ends()[frame - 1];
  }

  int end(int frame) {
    return index.ends()[frame];
  }

  /** The frame after the last one that ends at {@code most} or before, but not before {@code frame + 1}. */
  int frameAfter(int frame, int count, int most) {
    int found = Arrays.binarySearch(index.ends(), frame, count, most);
    return Math.max(frame + 1, found >= 0 ? found + 1 : -found - 1);
  }

  /** The block, with one more hold for the caller; null when the log has let it go. */
  @Nullable
  Block retain() {
    return block != null && block.retain() ? block : null;
  }

  /** At most {@code limit} messages from number {@code seq} on, of a log of {@link Encoding#PLAIN}; null when they are gone. */
  @Nullable
  List<Message> read(long seq, int limit) {
    int count = frames(published);
    int from = (int) (seq - firstSeq);
    if (from >= count) {
      return List.of();
    }
    Block held = retain();
    if (held == null) {
      return null;
    }
    try {
      int to = Math.min(count, from + limit);
      var messages = new ArrayList<Message>(to - from);
      for (int i = from; i < to; i++) {
        messages.add(new Message(text(held.bytes(), start(i), end(i)), label(i), null));
      }
      return messages;
    } finally {
      held.release();
    }
  }

  /** What {@link Encoding#PLAIN} made a frame of. */
  private static byte[] text(ByteBuffer bytes, int from, int to) {
    int length = bytes.get(from + 1) & 0x7F;
    int header = length < 126 ? 2 : length == 126 ? 4 : 10;
    var text = new byte[to - from - header];
    bytes.get(from + header, text);
    return text;
  }

  boolean hasRoom(int size) {
    return capacity - bytes(published) >= size;
  }

  void append(byte[][] parts, Label label) {
    Block into = block;
    if (into == null) {
      throw new IllegalStateException("the start of a log has no room");
    }
    int count = frames(published);
    int at = bytes(published);
    for (byte[] part : parts) {
      into.bytes().put(at, part);
      at += part.length;
    }
    Index places = index;
    if (count == places.ends().length) {
      places = places.grown();
      index = places;
    }
    places.ends()[count] = at;
    places.labels()[count] = label;
    hasHidden |= !label.isPlain();
    // Last, and volatile: whoever reads it sees everything above.
    published = (long) (count + 1) << 32 | at;
  }

  void follow(@Nullable Segment segment) {
    next = segment;
  }

  /** Gives back the hold of the log. */
  void retire() {
    if (block != null) {
      block.release();
    }
  }

  /**
   * Where each frame ends, and what it is about. One object with final fields, so that a reader who meets it before the
   * word that publishes what was added sees at least what was copied.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Index(int[] ends, Label[] labels) {
    Index grown() {
      return new Index(Arrays.copyOf(ends, ends.length * 2), Arrays.copyOf(labels, labels.length * 2));
    }
  }
}
