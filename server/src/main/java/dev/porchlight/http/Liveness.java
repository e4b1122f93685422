package dev.porchlight.http;

import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether somebody is at the other end. After a ping a client gives a sign of life with any byte it sends, and when a write that its
 * full socket holds up moves on. What a socket with room simply takes proves nothing: the kernels at both ends take it for a
 * client that has vanished or hangs, too. Confined to an event loop, whose clock it goes by.
 */
final class Liveness {
  private static final Logger log = LoggerFactory.getLogger(Liveness.class);

  /** Between two looks. A write that is under way at both waits for room in the socket, and not just for its turn. */
  private static final Duration LOOK = Duration.ofMillis(500);

  /** The largest window that a peer can advertise: 65,535 bytes, shifted by 14 at most (RFC 7323, sections 2.2 and 2.3). */
  private static final long LARGEST_WINDOW = 65_535L << 14;

  /** More than this is taken after a ping only if somebody has read since. */
  static final long MOST_UNREAD_BYTES = LARGEST_WINDOW + KernelBuffers.MOST_UNSENT_BYTES;

  private final WebSocketTimes times;
  private final EventLoop eventLoop;
  private final Patient patient;
  private boolean isSilent;
  private long takenAtPing;
  /** What was seen at the last look. */
  private boolean wasWriting;
  private long takenThen;
  private @Nullable Future<?> next;

  /** The connection that is watched. */
  interface Patient {
    /** False once there is nothing to watch any more. */
    boolean isOpen();

    void sendPing();

    /** True while bytes wait that the socket has not taken. */
    boolean isWriting();

    /** How many bytes the socket has taken so far; only differences count. */
    long taken();

    /** There was no sign of life. */
    void dead();
  }

  Liveness(WebSocketTimes times, EventLoop eventLoop, Patient patient) {
    this.times = times;
    this.eventLoop = eventLoop;
    this.patient = patient;
  }

  void start() {
    schedule(this::ping, times.pingInterval().toNanos());
  }

  /** The connection has ended. A timer that stayed would keep it in memory until its next look. */
  void stop() {
    if (next != null) {
      boolean _ = next.cancel(false);
    }
  }

  /** The client has sent something. */
  void heard() {
    isSilent = false;
  }

  private void ping() {
    if (!patient.isOpen()) {
      return;
    }
    takenAtPing = patient.taken();
    wasWriting = false;
    look();
    isSilent = true;
    patient.sendPing();
    lookAgain(now() + times.pongDeadline().toNanos());
  }

  /** Not at the deadline alone: a write must be seen twice to be seen moving. */
  private void lookAgain(long deadline) {
    schedule(() -> check(deadline), Math.clamp(deadline - now(), 0, LOOK.toNanos()));
  }

  private void check(long deadline) {
    if (!patient.isOpen()) {
      return;
    }
    look();
    long left = deadline - now();
    if (!isSilent) {
      schedule(this::ping, times.pingInterval().minus(times.pongDeadline()).toNanos() + Math.max(0, left));
    } else if (left > 0) {
      lookAgain(deadline);
    } else {
      patient.dead();
    }
  }

  private void look() {
    long taken = patient.taken();
    boolean isWriting = patient.isWriting();
    boolean hasMovedOn = wasWriting && isWriting && taken > takenThen;
    if (hasMovedOn || taken - takenAtPing > MOST_UNREAD_BYTES) {
      isSilent = false;
    }
    wasWriting = isWriting;
    takenThen = taken;
  }

  /** A timer that throws does not come again, and nobody would look whether the client lives: then it counts as dead. */
  private void schedule(Runnable task, long nanos) {
    next = eventLoop.schedule(() -> {
      try {
        task.run();
      } catch (RuntimeException | Error e) {
        log.error("{} could not be looked at, closing it", patient, e);
        patient.dead();
      }
    }, nanos, TimeUnit.NANOSECONDS);
  }

  private long now() {
    return eventLoop.ticker().nanoTime();
  }
}
