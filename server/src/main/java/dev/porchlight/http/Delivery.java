package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Subscription;
import dev.porchlight.http.NettyMemory.NettyBlock;
import dev.porchlight.live.Dialect;
import dev.porchlight.live.Feed;
import dev.porchlight.live.Opening;
import dev.porchlight.live.Replay;
import dev.porchlight.live.ReplayException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What goes to one client of a feed, in this order: the greeting, what it missed, and from there on what is broadcast, with
 * a heartbeat whenever there is nothing for a while. Confined to the event loop of the connection, but for the
 * thread that reads what was missed.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of timers: they end with the connection
final class Delivery {
  private final Feed feed;
  private final Opening opening;
  private final Subscription subscription;
  private final EventLoop eventLoop;
  private final Duration heartbeat;
  private final Line line;
  private final Semaphore room = new Semaphore(0);
  private @Nullable NettyBlock viewed;
  private ByteBuf view = Unpooled.EMPTY_BUFFER;
  private boolean isBusy;
  private boolean isReplaying;
  private boolean isReplayWaiting;
  private volatile boolean isOver;
  private long sentAt;

  /** The way to the client. */
  interface Line {
    /** Sends bytes, which are the line's to release; true when it is ready for more at once, else {@link #ready} follows. */
    boolean send(ByteBuf bytes);

    /** Ends the connection. */
    void close(CloseReason reason);
  }

  /**
   * A delivery that has not begun.
   *
   * @param heartbeat after how long with nothing sent there is one; plain clients get none
   */
  Delivery(Feed feed, Opening opening, EventLoop eventLoop, Duration heartbeat, Line line) {
    this.feed = feed;
    this.opening = opening;
    this.subscription = opening.subscription();
    this.eventLoop = eventLoop;
    this.heartbeat = heartbeat;
    this.line = line;
  }

  /** Begins. */
  void start() {
    if (hasHeartbeat()) {
      boolean _ = send(Unpooled.wrappedBuffer(opening.greeting()));
      eventLoop.schedule(this::beat, heartbeat.toMillis(), TimeUnit.MILLISECONDS);
    }
    Replay replay = opening.replay();
    if (replay == null) {
      subscription.resume();
    } else {
      isReplaying = true;
      Thread.ofVirtual().name("replay").start(() -> replay(replay));
    }
  }

  /** Sends frames of the log; see {@link dev.porchlight.engine.Sink#write}. */
  boolean write(Block block, int from, int to) {
    return send(bytes(block, from, to));
  }

  /** The line has room again. */
  void ready() {
    isBusy = false;
    if (!isReplaying) {
      subscription.resume();
    } else if (isReplayWaiting) {
      isReplayWaiting = false;
      room.release();
    }
  }

  /** Nothing more is sent. */
  void stop() {
    isOver = true;
    room.release();
  }

  private boolean hasHeartbeat() {
    return opening.dialect() != Dialect.PLAIN;
  }

  private boolean send(ByteBuf bytes) {
    if (hasHeartbeat()) {
      sentAt = System.nanoTime();
    }
    isBusy = true;
    boolean isReady = line.send(bytes);
    if (isReady) {
      isBusy = false;
    }
    return isReady;
  }

  /** One view for each block and client is enough, since one write is under way at most. */
  private ByteBuf bytes(Block block, int from, int to) {
    if (!(block instanceof NettyBlock netty)) {
      ByteBuffer copy = ByteBuffer.allocate(to - from).put(block.bytes().duplicate().position(from).limit(to)).flip();
      block.release();
      return Unpooled.wrappedBuffer(copy);
    }
    if (viewed != netty) {
      viewed = netty;
      view = netty.view();
    }
    return view.setIndex(from, to);
  }

  private void beat() {
    if (isOver) {
      return;
    }
    long left = heartbeat.toNanos() - (System.nanoTime() - sentAt);
    if (left <= 0 && !isBusy && !isReplaying) {
      left = heartbeat.toNanos();
      boolean _ = send(Unpooled.wrappedBuffer(feed.heartbeat(opening.dialect(), subscription)));
    }
    eventLoop.schedule(this::beat, Math.max(left, TimeUnit.MILLISECONDS.toNanos(100)), TimeUnit.NANOSECONDS);
  }

  /** On a thread of its own, since what was missed may have to be read from the disk. */
  private void replay(Replay replay) {
    try {
      for (ByteBuffer chunk = replay.next(); chunk != null && !isOver; chunk = replay.next()) {
        ByteBuf bytes = Unpooled.wrappedBuffer(chunk);
        eventLoop.execute(() -> sendReplayed(bytes));
        room.acquire();
      }
      eventLoop.execute(this::goLive);
    } catch (ReplayException e) {
      eventLoop.execute(() -> line.close(e.reason()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendReplayed(ByteBuf bytes) {
    if (isOver) {
      room.release();
      return;
    }
    isReplayWaiting = true;
    if (send(bytes) && isReplayWaiting) {
      isReplayWaiting = false;
      room.release();
    }
  }

  private void goLive() {
    isReplaying = false;
    subscription.resume();
  }
}
