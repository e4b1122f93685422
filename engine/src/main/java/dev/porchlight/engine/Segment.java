package dev.porchlight.engine;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A stretch of a log: frames one after the other in one block, and where each ends. Behind the frame of a message there may
 * be another of the same message, its alternative. Appended to by one thread at a time,
 * under the channel's lock; read without a lock by any number. A frame never spans segments.
 */
final class Segment {
  private static final int FIRST_PLACES = 32;

  private final long firstSeq;
  private final @Nullable Block block;
  private final int capacity;
  private Index index = new Index(new int[FIRST_PLACES], new int[FIRST_PLACES],
      new Label[FIRST_PLACES]);
  /** Written before {@link #published}, read after it. */
  private boolean isForAll = true;
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

  /** True when each follower of this log that has no filter gets all that is in here. */
  boolean isForAll() {
    return isForAll;
  }

  Label label(int frame) {
    return index.labels()[frame];
  }

  int start(int frame) {
    return frame == 0 ? 0 : index.ends()[frame - 1];
  }

  /** Where the frame ends; what lies from there to {@link #end} is its alternative. */
  int mainEnd(int frame) {
    return index.mainEnds()[frame];
  }

  int end(int frame) {
    return index.ends()[frame];
  }

  boolean hasAlternative(int frame) {
    Index places = index;
    return places.mainEnds()[frame] < places.ends()[frame];
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
        messages.add(message(held.bytes(), i));
      }
      return messages;
    } finally {
      held.release();
    }
  }

  private Message message(ByteBuffer bytes, int frame) {
    byte[] text = text(bytes, start(frame), mainEnd(frame));
    return hasAlternative(frame)
        ? Message.changed(text, text(bytes, mainEnd(frame), end(frame)), label(frame))
        : new Message(text, label(frame), null);
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

  void append(Encoded message, Label label) {
    Block into = block;
    if (into == null) {
      throw new IllegalStateException("the start of a log has no room");
    }
    int count = frames(published);
    int mainEnd = put(into.bytes(), message.main(), bytes(published));
    int end = put(into.bytes(), message.alternative(), mainEnd);
    Index places = index;
    if (count == places.ends().length) {
      places = places.grown();
      index = places;
    }
    places.mainEnds()[count] = mainEnd;
    places.ends()[count] = end;
    places.labels()[count] = label;
    isForAll &= message.isForAll();
    // Last, and volatile: whoever reads it sees everything above.
    published = (long) (count + 1) << 32 | end;
  }

  /** Returns where the parts end that begin at {@code from}. */
  private static int put(ByteBuffer into, byte[][] parts, int from) {
    int at = from;
    for (byte[] part : parts) {
      into.put(at, part);
      at += part.length;
    }
    return at;
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
   * Where each frame and its alternative end, and what it is about. One object with final fields, so that a reader who
   * meets it before the word that publishes what was added sees at least what was copied.
   */
  @SuppressWarnings("ArrayRecordComponent")
  private record Index(int[] mainEnds, int[] ends, Label[] labels) {
    Index grown() {
      int places = ends.length * 2;
      return new Index(Arrays.copyOf(mainEnds, places), Arrays.copyOf(ends, places), Arrays.copyOf(labels, places));
    }
  }
}
