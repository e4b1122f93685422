package dev.porchlight.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody is at the other end. A client gives a sign of life with any byte it sends, and when a write that its
 * full socket had held up moves on; bytes that a socket with room simply takes prove nothing, unless they are more than it
 * can have room for. Confined to an event loop.
 */
@SuppressWarnings("FutureReturnValueIgnored") // of timers: they end with the connection
final class Liveness {
  private static final Logger log = LoggerFactory.getLogger(Liveness.class);
  /** A write that takes longer waits for room in the socket, and not just for its turn. */
  private static final Duration HELD_UP = Duration.ofMillis(500);

  /**
   * More than a socket takes that nobody empties. A reader that is slow, but not so slow that any one write waits for long,
   * may have so much before a ping that its answer comes too late; what it has taken since tells that it reads.
   */
  private static final long MORE_THAN_A_SOCKET_HOLDS = 256 * 1024;

  private final WebSocketTimes times;
  private final EventLoop eventLoop;
  private final Patient patient;
  private boolean isSilent;
  private boolean isBusy;
  private long busySince;
  private long takenAtPing;
  /** When the write that was seen held up last had begun, and how far it was then. */
  private long seenSince;
  private long seenPending;
  private long seenProgress;

  /** The connection that is watched. */
  interface Patient {
    /** False once there is nothing to watch any more. */
    boolean isOpen();

    void sendPing();

    /** How many bytes of the feed were written so far, or are pending. */
    long sent();

    /** There was no sign of life. */
    void dead();
  }

  Liveness(WebSocketTimes times, EventLoop eventLoop, Patient patient) {
    this.times = times;
    this.eventLoop = eventLoop;
    this.patient = patient;
  }

  void start(ChannelHandlerContext handler) {
    after(times.pingInterval().toNanos(), () -> ping(handler));
  }

  /** A timer that throws does not come again, and nobody would look whether the client lives: then it counts as dead. */
  private void after(long nanos, Runnable look) {
    eventLoop.schedule(() -> {
      try {
        look.run();
      } catch (RuntimeException | Error e) {
        log.error("{} could not be looked at, closing it", patient, e);
        patient.dead();
      }
    }, nanos, TimeUnit.NANOSECONDS);
  }

  /** The client has sent something. */
  void heard() {
    isSilent = false;
  }

  /** A write has begun. */
  void busy() {
    busySince = System.nanoTime();
    isBusy = true;
  }

  /** Everything is written. */
  void idle() {
    if (isSilent && isHeldUp()) {
      isSilent = false;
    }
    isBusy = false;
  }

  private void ping(ChannelHandlerContext handler) {
    if (!patient.isOpen()) {
      return;
    }
    isSilent = true;
    takenAtPing = patient.sent() - pending(handler);
    look(handler);
    // A full socket gets no ping on top: whether its writes move on is the sign of life then.
    if (!isHeldUp()) {
      patient.sendPing();
    }
    lookAgain(handler, System.nanoTime() + times.pongDeadline().toNanos());
  }

  /** Not at the deadline alone: a write that is held up only after the ping must be seen twice to be seen moving. */
  private void lookAgain(ChannelHandlerContext handler, long deadline) {
    long left = deadline - System.nanoTime();
    after(Math.clamp(left, 0, HELD_UP.toNanos()), () -> check(handler, deadline));
  }

  private void check(ChannelHandlerContext handler, long deadline) {
    if (!patient.isOpen()) {
      return;
    }
    look(handler);
    long left = deadline - System.nanoTime();
    boolean hasTakenMuch = patient.sent() - pending(handler) - takenAtPing >= MORE_THAN_A_SOCKET_HOLDS;
    if (!isSilent || hasTakenMuch) {
      after(times.pingInterval().minus(times.pongDeadline()).toNanos() + Math.max(0, left), () -> ping(handler));
    } else if (left > 0) {
      lookAgain(handler, deadline);
    } else {
      patient.dead();
    }
  }

  /** Notes how far a write is that the socket holds up; one that is further than it was is a sign of life. */
  private void look(ChannelHandlerContext handler) {
    if (!isHeldUp()) {
      return;
    }
    long pending = pending(handler);
    long progress = progress(handler);
    if (seenSince == busySince && (pending < seenPending || progress != seenProgress)) {
      isSilent = false;
    }
    seenSince = busySince;
    seenPending = pending;
    seenProgress = progress;
  }

  private boolean isHeldUp() {
    return isBusy && System.nanoTime() - busySince >= HELD_UP.toNanos();
  }

  /** The bytes that wait to be written. */
  static long pending(ChannelHandlerContext handler) {
    ChannelOutboundBuffer buffer = handler.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private static long progress(ChannelHandlerContext handler) {
    ChannelOutboundBuffer buffer = handler.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.currentProgress();
  }
}
