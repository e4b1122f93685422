package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.live.Replay;
import dev.porchlight.live.ReplayException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads what a client missed, on a thread of its own, since that may be on the disk, and no faster than the client takes it.
 * Confined to the event loop but for {@link #run}.
 */
final class ReplayThread {
  private static final Logger log = LoggerFactory.getLogger(ReplayThread.class);

  private final Replay replay;
  private final EventLoop eventLoop;
  private final Delivery delivery;
  private final Semaphore room = new Semaphore(0);
  private boolean isWaiting;
  private volatile boolean isOver;

  ReplayThread(Replay replay, EventLoop eventLoop, Delivery delivery) {
    this.replay = replay;
    this.eventLoop = eventLoop;
    this.delivery = delivery;
  }

  void start() {
    Thread.ofVirtual().name("replay").start(this::run);
  }

  /** What was sent last has left. */
  void sent() {
    if (isWaiting) {
      isWaiting = false;
      room.release();
    }
  }

  /** The client is gone. */
  void stop() {
    isOver = true;
    room.release();
  }

  private void run() {
    try {
      for (ByteBuffer chunk = replay.next(); chunk != null && !isOver; chunk = replay.next()) {
        ByteBuf bytes = Unpooled.wrappedBuffer(chunk);
        eventLoop.execute(() -> send(bytes));
        room.acquire();
      }
      eventLoop.execute(delivery::goLive);
    } catch (ReplayException e) {
      eventLoop.execute(() -> delivery.giveUp(e.reason()));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    } catch (RejectedExecutionException _) {
      // The event loop has ended, and its connections with it.
      isOver = true;
    } catch (RuntimeException | Error e) {
      log.error("what a client missed could not be sent", e);
      eventLoop.execute(() -> delivery.giveUp(CloseReason.OVERLOADED));
    }
  }

  private void send(ByteBuf bytes) {
    isWaiting = true;
    if (delivery.sendReplayed(bytes)) {
      sent();
    }
  }
}
