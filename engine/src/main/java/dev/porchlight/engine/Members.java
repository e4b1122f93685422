package dev.porchlight.engine;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The subscriptions of a channel that live on one loop. Thread-safe. */
final class Members {
  private final Channel channel;
  private final Loop loop;
  private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean woken = new AtomicBoolean();
  private final Runnable task = this::run;

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
    int _ = serve(null);
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
