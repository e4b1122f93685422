package dev.porchlight.engine;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The subscriptions of a channel that live on one loop. Thread-safe: entered and struck out under the channel's lock, walked
 * without it.
 */
final class Members {
  /** A thousand clients take 7 ms, and a flood of large messages much longer. */
  private static final long TURN_NANOS = 4_000_000;
  private static final int LOOK_AT_CLOCK = 16;
  private static final int FIRST_PLACES = 8;

  private final Channel channel;
  private final Loop loop;
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Runnable task = this::run;
  private final Runnable goesOn = this::goOn;
  /**
   * One after the other, without gaps: a walk is what every message costs for each follower, and here it touches nothing
   * else. The last one takes the place of one that leaves, and a walk goes from the end to the beginning, so that it misses
   * nobody who was there when it began: who is moved during a walk was served before, or is moved to where it still comes.
   */
  private volatile AtomicReferenceArray<@Nullable Subscription> places = new AtomicReferenceArray<>(FIRST_PLACES);
  /** Written after the places, so that whoever reads it sees them. */
  private volatile int count;
  /** How many are still to be served in this walk; 0 between two walks. Confined to the loop, as is the next. */
  private int left;
  private boolean isWantedAgain;

  Members(Channel channel, Loop loop) {
    this.channel = channel;
    this.loop = loop;
  }

  /** Whoever calls holds the channel's lock. */
  void add(Subscription subscription) {
    int place = count;
    if (place == places.length()) {
      places = grown(places);
    }
    put(subscription, place);
    count = place + 1;
  }

  /** Returns true when there is nobody left. Whoever calls holds the channel's lock. */
  boolean remove(Subscription subscription) {
    int last = count - 1;
    Subscription moved = places.getPlain(last);
    if (moved != null) {
      put(moved, subscription.place());
    }
    // After the move: whoever finds nobody here finds the one who was here where it is now.
    places.setRelease(last, null);
    count = last;
    return last == 0;
  }

  private void put(Subscription subscription, int place) {
    places.setRelease(place, subscription);
    subscription.setPlace(place);
  }

  /** Has everybody served, soon; those who have no loop at once. Returns how many of these ended that are told of the label. */
  int wake(@Nullable Label label) {
    if (loop.equals(Loop.CALLER)) {
      return serve(label);
    }
    if (woken.compareAndSet(false, true)) {
      channel.listener().woken();
      try {
        loop.execute(task);
      } catch (Throwable e) {
        woken.set(false);
        failAll(e);
      }
    }
    return 0;
  }

  /** The loop takes no tasks: as a rule it has ended. Nobody would be served again, so everybody is ended. */
  private void failAll(Throwable cause) {
    for (int place = count - 1; place >= 0; place--) {
      Subscription subscription = places.getAcquire(place);
      if (subscription != null) {
        channel.failed(subscription, cause);
      }
    }
  }

  private void run() {
    woken.set(false);
    if (left == 0) {
      left = count;
      goOn();
    } else {
      isWantedAgain = true;
    }
  }

  /**
   * One turn of a walk. Whatever is thrown in it is for the loop to report; what was put off is flushed in this task all the same,
   * since it may name sockets that are closed in the next one, and the walk goes on with whoever comes next.
   */
  private void goOn() {
    try {
      serveInTurn();
    } finally {
      try {
        loop.flush();
      } finally {
        goOnLater();
      }
    }
  }

  /** Serves one after the other, but not for so long that the other channels of this loop would have to wait. */
  private void serveInTurn() {
    long began = channel.nanoTime();
    int served = 0;
    boolean isLate = false;
    while (left > 0 && !isLate) {
      int place = Math.min(left, count) - 1;
      left = Math.max(0, place);
      if (place >= 0) {
        serveAt(place);
      }
      isLate = ++served % LOOK_AT_CLOCK == 0 && channel.nanoTime() - began >= TURN_NANOS;
    }
  }

  private void goOnLater() {
    if (left == 0 && isWantedAgain) {
      isWantedAgain = false;
      left = count;
    }
    if (left == 0) {
      return;
    }
    try {
      loop.execute(goesOn);
    } catch (Throwable e) {
      left = 0;
      failAll(e);
    }
  }

  private @Nullable Subscription serveAt(int place) {
    Subscription subscription = places.getAcquire(place);
    if (subscription != null) {
      subscription.serve();
    }
    return subscription;
  }

  private int serve(@Nullable Label label) {
    int ended = 0;
    for (int place = count - 1; place >= 0; place--) {
      Subscription subscription = serveAt(place);
      if (subscription != null && label != null && subscription.isEnded() && subscription.isTold(label)) {
        ended++;
      }
    }
    return ended;
  }

  private static AtomicReferenceArray<@Nullable Subscription> grown(AtomicReferenceArray<@Nullable Subscription> full) {
    var larger = new AtomicReferenceArray<@Nullable Subscription>(full.length() * 2);
    for (int place = 0; place < full.length(); place++) {
      larger.setPlain(place, full.getPlain(place));
    }
    return larger;
  }
}
