package dev.porchlight.engine;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * One sink's place in a channel: a cursor into the log of its encoding. A slow sink costs a cursor that lags, never memory.
 * Thread-safe; the cursor itself is confined to whoever serves, which is one thread at a time: that of the sink's loop or,
 * when it has none, whoever raised {@link #wanted} from zero.
 */
public final class Subscription {
  /** How much goes to a sink in one write, so that one that is far behind does not starve its loop. */
  private static final int MOST_BYTES_PER_WRITE = 16 * 1024;

  /** After so many steps, most of them writes, others on the loop have their turn first. */
  private static final int MOST_STEPS_PER_TURN = 8;

  private final Channel channel;
  private final Sink sink;
  private final Encoding encoding;
  private final @Nullable Filter filter;
  /** Calls to serve a sink without a loop; null for one with a loop, which needs no atomic for what one thread does. */
  private final @Nullable AtomicInteger wanted;
  private boolean isServing;
  private boolean isWanted;
  private boolean busy;
  private volatile boolean ended;
  private volatile long next;
  private Segment segment;
  private int frame;
  /** Where its {@link Members} have it; theirs alone, under the channel's lock. */
  private int place;

  Subscription(Channel channel, Sink sink, Follow follow, Segment segment, long next) {
    this.channel = channel;
    this.sink = sink;
    this.encoding = follow.encoding();
    this.filter = follow.filter();
    boolean hasLoop = !sink.loop().equals(Loop.CALLER);
    this.wanted = hasLoop ? null : new AtomicInteger();
    this.busy = hasLoop;
    this.segment = segment;
    this.next = next;
    this.frame = (int) (next - segment.firstSeq());
  }

  /** Where this subscription's frames go. */
  public Sink sink() {
    return sink;
  }

  /** How its messages look. */
  public Encoding encoding() {
    return encoding;
  }

  /** The sink is ready for more. Any thread; frames are written on the sink's loop. */
  public void resume() {
    Loop loop = sink.loop();
    if (loop.isCurrent()) {
      serveReady();
    } else {
      loop.execute(this::serveReady);
    }
  }

  /**
   * The sink is ready for more, and is served when its loop comes by for the next message. On the loop's thread.
   *
   * @return true when there is something for it already, so that {@link #resume} has to follow
   */
  public boolean resumeLater() {
    busy = false;
    // Whatever is appended after this look wakes the loop.
    return !isEnded() && next <= channel.last();
  }

  /** The number up to which everything that the filter lets through has been handed to the sink. */
  public long position() {
    return next - 1;
  }

  int place() {
    return place;
  }

  void setPlace(int place) {
    this.place = place;
  }

  boolean isEnded() {
    return ended;
  }

  /** Ends it. Whoever does holds the channel's lock. */
  void end() {
    ended = true;
  }

  /** True when this subscription is told of messages with this label. */
  boolean isTold(Label label) {
    return selected(label) != Selection.NOTHING;
  }

  private Selection selected(Label label) {
    if (filter != null) {
      return filter.select(label);
    }
    if (encoding.isNumbered()) {
      return Selection.UPDATE;
    }
    return label.isPlain() ? Selection.TEXT : Selection.NOTHING;
  }

  /** True when {@link #isTold} has to be asked for each message. */
  boolean isFiltered() {
    return filter != null;
  }

  /**
   * Writes what lies between cursor and head, unless a write is under way. When it is called while it is at work, from
   * within the sink or, without a loop, by another thread, the one at work goes round once more for the other.
   */
  void serve() {
    if (wanted != null) {
      serveForAll(wanted);
      return;
    }
    isWanted = true;
    if (isServing) {
      return;
    }
    isServing = true;
    try {
      while (isWanted) {
        isWanted = false;
        serveOnce();
      }
    } finally {
      isServing = false;
    }
  }

  private void serveReady() {
    busy = false;
    try {
      serve();
    } finally {
      sink.loop().flush();
    }
  }

  private void serveForAll(AtomicInteger calls) {
    if (calls.getAndIncrement() != 0) {
      return;
    }
    int seen = 1;
    do {
      serveOnce();
      seen = calls.addAndGet(-seen);
    } while (seen != 0);
  }

  /** Whatever goes wrong ends this one alone: it must not end the walk of its loop, or the publishing of somebody else. */
  private void serveOnce() {
    try {
      serveSome();
    } catch (Throwable e) {
      channel.failed(this, e);
    }
  }

  private void serveSome() throws IOException {
    int steps = 0;
    while (!isEnded()) {
      if (next < channel.first()) {
        // Also while a write is under way: a sink that never reads is always busy.
        if (!fellBehind()) {
          return;
        }
      } else if (busy || !writeNext()) {
        return;
      }
      if (++steps == MOST_STEPS_PER_TURN && !sink.loop().equals(Loop.CALLER)) {
        channel.serveAgain(sink.loop());
        return;
      }
    }
  }

  /** Returns true when it goes on now. */
  private boolean fellBehind() throws IOException {
    Restart restart = channel.fellBehind(this, busy);
    if (restart == null) {
      return false;
    }
    segment = restart.segment();
    next = restart.next();
    frame = (int) (next - segment.firstSeq());
    Block latest = restart.latest();
    return latest == null || write(latest, 0, restart.latestBytes(), restart.latestCount());
  }

  /** Writes the next run of frames; returns true when there may be more to do at once. */
  private boolean writeNext() throws IOException {
    Segment at = segment;
    long published = at.published();
    int count = Segment.frames(published);
    if (frame == count) {
      Segment following = at.next();
      if (following == null) {
        return false;
      }
      // A segment has a next one once it is complete; what was published may have grown since it was read.
      if (Segment.frames(at.published()) == count) {
        segment = following;
        frame = 0;
      }
      return true;
    }
    if (filter != null || !at.isForAll()) {
      return writeSelected(at, count);
    }
    int from = frame;
    int mostByte = at.start(from) + MOST_BYTES_PER_WRITE;
    int to = Segment.bytes(published) <= mostByte ? count : at.frameAfter(from, count, mostByte);
    return writeFrames(at, from, to, at.start(from), at.end(to - 1));
  }

  /** As {@link #writeNext}, where it has to be asked for each message whether it is told, and by which frame. */
  private boolean writeSelected(Segment at, int count) throws IOException {
    int from = frame;
    while (from < count && !isTold(at.label(from))) {
      from++;
    }
    if (from == count) {
      moveTo(at, count);
      return true;
    }
    if (isAlternative(at, from)) {
      return writeFrames(at, from, from + 1, at.mainEnd(from), at.end(from));
    }
    int mostByte = at.start(from) + MOST_BYTES_PER_WRITE;
    int to = from + 1;
    // The alternative of a frame lies between it and the next one.
    while (to < count && at.mainEnd(to) <= mostByte && !at.hasAlternative(to - 1) && isTold(at.label(to))
        && !isAlternative(at, to)) {
      to++;
    }
    return writeFrames(at, from, to, at.start(from), at.mainEnd(to - 1));
  }

  /** True when this subscription gets the text of a message whose update is the main frame. */
  private boolean isAlternative(Segment at, int place) {
    return encoding.isNumbered() && at.hasAlternative(place) && selected(at.label(place)) == Selection.TEXT;
  }

  /** Writes these bytes, which are the frames up to {@code toFrame}, and moves on to there. */
  private boolean writeFrames(Segment at, int fromFrame, int toFrame, int from, int to) throws IOException {
    Block block = at.retain();
    if (block == null) {
      // The log has let it go meanwhile, and the next look at the channel's first number says so.
      return true;
    }
    moveTo(at, toFrame);
    return write(block, from, to, toFrame - fromFrame);
  }

  private void moveTo(Segment at, int toFrame) {
    frame = toFrame;
    next = at.firstSeq() + toFrame;
  }

  /** Returns true when the sink wants more at once. */
  private boolean write(Block block, int from, int to, int frames) throws IOException {
    busy = true;
    boolean ready = sink.write(block, from, to);
    channel.listener().written(frames);
    if (ready) {
      busy = false;
    }
    return ready;
  }
}
