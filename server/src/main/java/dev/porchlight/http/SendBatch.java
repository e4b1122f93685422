package dev.porchlight.http;

import dev.porchlight.http.NettyMemory.NettyBlock;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Frames for many connections of one event loop that go out together, in one system call, and not through the pipelines of
 * their channels. Nothing stays in it longer than the task that put it there, whatever is thrown: in a later task a descriptor may
 * belong to somebody else. Confined to the event loop.
 */
final class SendBatch implements AutoCloseable {
  /** So many that the call itself costs nothing, and so few that what belongs to them is still in the processor's cache after. */
  static final int CAPACITY = 128;

  private static final Logger log = LoggerFactory.getLogger(SendBatch.class);

  private final Executor eventLoop;
  /** For when the ring breaks; made beforehand, since memory may be what is wanting then. */
  private final Sends calls = new SendCalls(CAPACITY);
  private Sends sends;
  private final @Nullable Sender[] senders = new Sender[CAPACITY];
  private final @Nullable NettyBlock[] blocks = new NettyBlock[CAPACITY];
  private final int[] froms = new int[CAPACITY];
  private final int[] tos = new int[CAPACITY];
  private final int[] taken = new int[CAPACITY];
  private final Queue<Sender> waiting = new ArrayDeque<>();
  private final Runnable goesOn = this::goOn;
  private int count;
  private boolean isGoingOn;

  /** A connection that sends by it. */
  interface Sender {
    /**
     * The frames have been handed over. Adds nothing to the batch.
     *
     * @param block the sender's to release, also when this throws
     * @param from  where the bytes began
     * @param to    where they ended
     * @param taken how many of them the socket has taken; none of them when this is negative
     * @return true when there is more, so that {@link #goOn} has to follow
     */
    boolean sent(NettyBlock block, int from, int to, int taken);

    /** Sends more. */
    void goOn();

    /** One of the above has thrown, or nobody knows what the socket has taken: the connection is to end. */
    void failed(Throwable cause);
  }

  /**
   * An empty batch, to be made on its event loop.
   *
   * @param sends how it sends, which is its own from here on
   */
  SendBatch(Executor eventLoop, Sends sends) {
    this.eventLoop = eventLoop;
    this.sends = sends;
  }

  /** Adds frames for a socket; {@link Sender#sent} follows within this task of the event loop, and is not put off. */
  void add(Sender sender, int socket, NettyBlock block, int from, int to) {
    if (count == CAPACITY) {
      flushNow();
    }
    sends.put(count, socket, block.address() + from, to - from);
    senders[count] = sender;
    blocks[count] = block;
    froms[count] = from;
    tos[count] = to;
    count++;
  }

  /** Sends everything, unless more is about to come. */
  void flush() {
    if (!isGoingOn) {
      flushNow();
    }
  }

  /** Sends everything, and tells each sender. */
  void flushNow() {
    int told = count;
    if (told == 0) {
      return;
    }
    count = 0;
    Throwable cause = send(told);
    boolean isFirst = waiting.isEmpty() && !isGoingOn;
    for (int i = 0; i < told; i++) {
      tell(i, cause);
    }
    if (isFirst) {
      goOnLater();
    }
  }

  /** Returns why nobody knows what was sent; null when it is known. */
  private @Nullable Throwable send(int told) {
    try {
      sends.send(told, taken);
      if (sends.isBroken()) {
        sends.close();
        sends = calls;
      }
      return null;
    } catch (Throwable e) {
      abandonRing(e);
      return e;
    }
  }

  private void abandonRing(Throwable cause) {
    Sends broken = sends;
    sends = calls;
    try {
      broken.close();
    } catch (Throwable e) {
      cause.addSuppressed(e);
    }
  }

  private void tell(int i, @Nullable Throwable cause) {
    Sender sender = Objects.requireNonNull(senders[i]);
    NettyBlock block = Objects.requireNonNull(blocks[i]);
    senders[i] = null;
    blocks[i] = null;
    if (cause != null) {
      block.release();
      fail(sender, cause);
      return;
    }
    try {
      if (sender.sent(block, froms[i], tos[i], taken[i])) {
        waiting.add(sender);
      }
    } catch (Throwable e) {
      fail(sender, e);
    }
  }

  /** Whoever has more to send is behind; others on the loop have had their turn first. */
  private void goOn() {
    isGoingOn = true;
    try {
      for (int left = Math.min(CAPACITY, waiting.size()); left > 0; left--) {
        goOn(waiting.remove());
      }
    } finally {
      flushNow();
      isGoingOn = false;
      goOnLater();
    }
  }

  private static void goOn(Sender sender) {
    try {
      sender.goOn();
    } catch (Throwable e) {
      fail(sender, e);
    }
  }

  private void goOnLater() {
    if (waiting.isEmpty()) {
      return;
    }
    try {
      eventLoop.execute(goesOn);
    } catch (Throwable e) {
      // The event loop has ended, as a rule: nobody would come back to them.
      for (Sender sender = waiting.poll(); sender != null; sender = waiting.poll()) {
        fail(sender, e);
      }
    }
  }

  private static void fail(Sender sender, Throwable cause) {
    try {
      sender.failed(cause);
    } catch (Throwable e) {
      log.error("{} could not be ended", sender, e);
    }
  }

  @Override
  public void close() {
    sends.close();
  }
}
