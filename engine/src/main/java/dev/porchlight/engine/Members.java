package dev.porchlight.engine;

import java.util.Iterator;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a channel that live on one loop. Thread-safe. */
final class Members {
  /** A thousand clients take 7 ms, and a flood of large messages much longer. */
  private static final long TURN_NANOS = 4_000_000;
  private static final int LOOK_AT_CLOCK = 16;

  private final Channel channel;
  private final Loop loop;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Runnable task = this::run;
  private final Runnable goesOn = this::goOn;
  /** Who is still to be served in this walk; null between two walks. Confined to the loop, as is the next. */
  private @Nullable Iterator<Subscription> walk;
  private boolean isWantedAgain;

  Members(Channel channel, Loop loop) {
    this.channel = channel;
    this.loop = loop;
  }

  void add(Subscription subscription) {
    subscriptions.add(subscription);
  }

  /** Returns true when there is nobody left. */
  boolean remove(Subscription subscription) {
    subscriptions.remove(subscription);
    return subscriptions.isEmpty();
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
      } catch (RuntimeException e) {
        // The loop has ended, and nothing on it will ever be served again.
        woken.set(false);
        subscriptions.forEach(subscription -> channel.failed(subscription, e));
      }
    }
    return 0;
  }

  private void run() {
    woken.set(false);
    if (walk == null) {
      walk = subscriptions.iterator();
      goOn();
    } else {
      isWantedAgain = true;
    }
  }

  /** Serves one after the other, but not for so long that the other channels of this loop would have to wait. */
  private void goOn() {
    Iterator<Subscription> left = walk;
    if (left == null) {
      return;
    }
    long began = channel.nanoTime();
    int served = 0;
    while (left.hasNext()) {
      left.next().serve();
      if (++served % LOOK_AT_CLOCK == 0 && channel.nanoTime() - began >= TURN_NANOS && left.hasNext()) {
        loop.execute(goesOn);
        return;
      }
    }
    walk = null;
    if (isWantedAgain) {
      isWantedAgain = false;
      walk = subscriptions.iterator();
      loop.execute(goesOn);
    }
  }

  private int serve(@Nullable Label label) {
    int ended = 0;
    for (Subscription subscription : subscriptions) {
      subscription.serve();
      if (label != null && subscription.isEnded() && subscription.isTold(label)) {
        ended++;
      }
    }
    return ended;
  }
}
