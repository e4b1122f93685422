package dev.porchlight.http;

import dev.porchlight.http.NettyMemory.NettyBlock;
import io.netty.channel.EventLoop;
import java.util.ArrayDeque;
import java.util.Objects;
import java.util.Optional;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Frames for many connections of one event loop that go out together, in one system call, and not through the pipelines of
 * their channels. Confined to the event loop; nothing stays in it longer than the task that put it there.
 */
final class SendBatch implements AutoCloseable {
  /** So many that the call itself costs nothing, and so few that what belongs to them is still in the processor's cache after. */
  private static final int CAPACITY = 128;

  private final EventLoop eventLoop;
  private Sends sends;
  private final @Nullable Sender[] senders = new Sender[CAPACITY];
  private final @Nullable NettyBlock[] blocks = new NettyBlock[CAPACITY];
  private final int[] froms = new int[CAPACITY];
  private final int[] tos = new int[CAPACITY];
  private final int[] taken = new int[CAPACITY];
  private final Queue<Sender> waiting = new ArrayDeque<>();
  private int count;
  private boolean isGoingOn;

  /** A connection that sends by it. */
  interface Sender {
    /**
     * The frames have been handed over. Adds nothing to the batch.
     *
     * @param block the sender's to release
     * @param from  where the bytes began
     * @param to    where they ended
     * @param taken how many of them the socket has taken; none of them when this is negative
     * @return true when there is more, so that {@link #goOn} has to follow
     */
    boolean sent(NettyBlock block, int from, int to, int taken);

    /** Sends more. */
    void goOn();

    /** One of the above has thrown. */
    void failed(RuntimeException cause);
  }

  /**
   * Opens one, on its event loop.
   *
   * @param byRing whether to send by io_uring, if the kernel lets us
   */
  SendBatch(EventLoop eventLoop, boolean byRing) {
    this.eventLoop = eventLoop;
    this.sends = byRing ? ring() : new SendCalls(CAPACITY);
  }

  private static Sends ring() {
    Optional<SendRing> ring = SendRing.open(CAPACITY);
    return ring.isPresent() ? ring.get() : new SendCalls(CAPACITY);
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

  /** Sends everything. */
  void flushNow() {
    int told = count;
    if (told == 0) {
      return;
    }
    sends.send(told, taken);
    if (sends.isBroken()) {
      sends.close();
      sends = new SendCalls(CAPACITY);
    }
    count = 0;
    boolean isFirst = waiting.isEmpty() && !isGoingOn;
    for (int i = 0; i < told; i++) {
      tell(i);
    }
    if (isFirst && !waiting.isEmpty()) {
      eventLoop.execute(this::goOn);
    }
  }

  private void tell(int i) {
    Sender sender = Objects.requireNonNull(senders[i]);
    NettyBlock block = Objects.requireNonNull(blocks[i]);
    senders[i] = null;
    blocks[i] = null;
    try {
      if (sender.sent(block, froms[i], tos[i], taken[i])) {
        waiting.add(sender);
      }
    } catch (RuntimeException e) {
      sender.failed(e);
    }
  }

  /** Whoever has more to send is behind; others on the loop have had their turn first. */
  private void goOn() {
    isGoingOn = true;
    try {
      for (int left = Math.min(CAPACITY, waiting.size()); left > 0; left--) {
        goOn(waiting.remove());
      }
      flushNow();
    } finally {
      isGoingOn = false;
    }
    if (!waiting.isEmpty()) {
      eventLoop.execute(this::goOn);
    }
  }

  private static void goOn(Sender sender) {
    try {
      sender.goOn();
    } catch (RuntimeException e) {
      sender.failed(e);
    }
  }

  @Override
  public void close() {
    sends.close();
  }
}
