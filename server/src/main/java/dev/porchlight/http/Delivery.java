package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Subscription;
import dev.porchlight.http.NettyMemory.NettyBlock;
import dev.porchlight.live.Dialect;
import dev.porchlight.live.Feed;
import dev.porchlight.live.Opening;
import dev.porchlight.live.Replay;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What goes to one client of a feed, in this order: the greeting, what it missed, and from there on what is broadcast, with
 * a heartbeat whenever there is nothing for a while. Confined to the event loop of the connection, whose clock it goes by.
 */
final class Delivery {
  private static final Logger log = LoggerFactory.getLogger(Delivery.class);

  private final Feed feed;
  private final Dialect dialect;
  private final Subscription subscription;
  private final Replays replays;
  private final EventLoop eventLoop;
  private final Duration heartbeat;
  private final Line line;
  /** Until it has begun; an idle connection keeps nothing of that. */
  private @Nullable Opening opening;
  private @Nullable ReplayThread replay;
  private @Nullable NettyBlock viewed;
  private ByteBuf view = Unpooled.EMPTY_BUFFER;
  private boolean isBusy;
  private boolean isOver;
  private long sentAt;
  private @Nullable Future<?> nextBeat;

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
   * @param replays   of all clients
   * @param heartbeat after how long with nothing sent there is one; plain clients get none
   */
  Delivery(Feed feed, Opening opening, Replays replays, EventLoop eventLoop, Duration heartbeat, Line line) {
    this.feed = feed;
    this.opening = opening;
    this.dialect = opening.dialect();
    this.subscription = opening.subscription();
    this.replays = replays;
    this.eventLoop = eventLoop;
    this.heartbeat = heartbeat;
    this.line = line;
  }

  /** Begins. */
  void start() {
    Opening begun = opening;
    opening = null;
    if (begun == null) {
      throw new IllegalStateException("a delivery begins once");
    }
    if (hasHeartbeat()) {
      boolean _ = send(Unpooled.wrappedBuffer(begun.greeting()));
      beatLater(heartbeat.toNanos());
    }
    Replay missed = begun.replay();
    if (missed == null) {
      subscription.resume();
    } else {
      replay = new ReplayThread(missed, replays, eventLoop, this);
      replay.start();
    }
  }

  /** Sends frames of the log; see {@link dev.porchlight.engine.Sink#write}. */
  boolean write(Block block, int from, int to) {
    return send(bytes(block, from, to));
  }

  /** Frames of the log went out past {@link #write}; true when there is more, for which {@link #ready} has to follow. */
  boolean sent() {
    if (hasHeartbeat()) {
      sentAt = now();
    }
    return subscription.resumeLater();
  }

  /** The line has room again. */
  void ready() {
    isBusy = false;
    if (replay == null) {
      subscription.resume();
    } else {
      replay.sent();
    }
  }

  /** Nothing more is sent. A timer that stayed would keep the connection in memory until the next heartbeat. */
  void stop() {
    isOver = true;
    if (nextBeat != null) {
      boolean _ = nextBeat.cancel(false);
    }
    if (replay != null) {
      replay.stop();
    }
  }

  /** Sends a part of what was missed; true when it is sent, else {@link ReplayThread#sent} follows. */
  boolean sendReplayed(ByteBuf bytes) {
    return isOver || send(bytes);
  }

  /** Everything that was missed has been sent. */
  void goLive() {
    replay = null;
    subscription.resume();
  }

  /** What was missed cannot be sent. */
  void giveUp(CloseReason reason) {
    line.close(reason);
  }

  private boolean hasHeartbeat() {
    return dialect != Dialect.PLAIN;
  }

  private boolean send(ByteBuf bytes) {
    if (hasHeartbeat()) {
      sentAt = now();
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

  private long now() {
    return eventLoop.ticker().nanoTime();
  }

  /** A timer that throws does not come again: what it cannot tell of any more ends. */
  private void beat() {
    try {
      beatIfDue();
    } catch (RuntimeException | Error e) {
      log.error("{} could not be sent a heartbeat, closing it", line, e);
      line.close(CloseReason.OVERLOADED);
    }
  }

  private void beatIfDue() {
    if (isOver) {
      return;
    }
    long left = heartbeat.toNanos() - (now() - sentAt);
    if (left <= 0 && !isBusy) {
      left = heartbeat.toNanos();
      // While a replay waits or is read, the subscription is ahead of what the client has been sent.
      long position = replay == null ? subscription.position() : replay.position();
      boolean _ = send(Unpooled.wrappedBuffer(feed.heartbeat(dialect, position)));
    }
    beatLater(Math.max(left, TimeUnit.MILLISECONDS.toNanos(100)));
  }

  private void beatLater(long nanos) {
    // The line may have ended while it was sent to.
    if (!isOver) {
      nextBeat = eventLoop.schedule(this::beat, nanos, TimeUnit.NANOSECONDS);
    }
  }
}
