package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.live.Replay;
import dev.porchlight.live.ReplayException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a client missed, on a thread of its own, since that may be on the disk, and no faster than the client takes it.
 * Runs in one of the {@link Replays}, and ends with its client. Confined to the event loop but for {@link #run}.
 */
final class ReplayThread {
  private static final Logger log = LoggerFactory.getLogger(ReplayThread.class);
  /** A client that takes this long for a chunk waits without a place: a few slow ones must not hold up all others. */
  private static final Duration MOST_IDLE = Duration.ofSeconds(1);

  private final Replay replay;
  private final Replays replays;
  private final EventLoop eventLoop;
  private final Delivery delivery;
  private final Thread thread = Thread.ofVirtual().name("replay").unstarted(this::run);
  private final Semaphore room = new Semaphore(0);
  private boolean isWaiting;
  private long position;

  ReplayThread(Replay replay, Replays replays, EventLoop eventLoop, Delivery delivery) {
    this.replay = replay;
    this.replays = replays;
    this.eventLoop = eventLoop;
    this.delivery = delivery;
    this.position = replay.position();
  }

  void start() {
    thread.start();
  }

  /** The number up to which everything that the filter lets through has been sent. */
  long position() {
    return position;
  }

  /** What was sent last has left. */
  void sent() {
    if (isWaiting) {
      isWaiting = false;
      room.release();
    }
  }

  /** The client is gone: whatever the thread waits for, it ends. */
  void stop() {
    thread.interrupt();
  }

  private void run() {
    try {
      while (sendWhileTaken()) {
        room.acquire();
      }
      eventLoop.execute(delivery::goLive);
    } catch (ReplayException e) {
      giveUp(e.reason());
    } catch (InterruptedException _) {
      // The client is gone.
    } catch (RejectedExecutionException e) {
      log.debug("a replay ends with its event loop: {}", e.getMessage());
    } catch (RuntimeException | Error e) {
      log.error("what a client missed could not be sent", e);
      giveUp(CloseReason.OVERLOADED);
    }
  }

  /** Sends chunk after chunk; false when that was all, true when the client is slow and still has one to take. */
  private boolean sendWhileTaken() throws ReplayException, InterruptedException {
    replays.enter();
    try {
      for (ByteBuffer chunk = replay.next(); chunk != null; chunk = replay.next()) {
        ByteBuf bytes = Unpooled.wrappedBuffer(chunk);
        long end = replay.position();
        eventLoop.execute(() -> send(bytes, end));
        if (!room.tryAcquire(MOST_IDLE.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    } finally {
      replays.leave();
    }
  }

  private void send(ByteBuf bytes, long end) {
    isWaiting = true;
    position = end;
    if (delivery.sendReplayed(bytes)) {
      sent();
    }
  }

  private void giveUp(CloseReason reason) {
    try {
      eventLoop.execute(() -> delivery.giveUp(reason));
    } catch (RejectedExecutionException e) {
      log.debug("a replay ends with its event loop: {}", e.getMessage());
    }
  }
}
