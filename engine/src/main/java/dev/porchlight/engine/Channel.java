package dev.porchlight.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * An ordered stream of messages that any number of sinks follow. A message is encoded once, appended once and never
 * waits for a sink: each sink follows with a cursor, as fast as it can. Thread-safe.
 */
public final class Channel {
  private final String name;
  private final SlowRule slowRule;
  private final LongSupplier nanoTime;
  private final EngineListener listener;
  private final ReentrantLock lock = new ReentrantLock();
  @GuardedBy("lock")
  private final History history;
  @GuardedBy("lock")
  private final Map<String, ByteBuffer> latest = new LinkedHashMap<>();
  private final Map<Sink, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final Map<Loop, Members> loops = new ConcurrentHashMap<>();

  /**
   * Makes an empty channel.
   *
   * @param name     for people: {@code events}
   * @param nanoTime a monotonic clock in nanoseconds, for the age of messages
   */
  public Channel(String name, ChannelLimits limits, SlowRule slowRule, LongSupplier nanoTime, EngineListener listener) {
    this.name = name;
    this.slowRule = slowRule;
    this.nanoTime = nanoTime;
    this.listener = listener;
    this.history = new History(limits);
  }

  /** What this channel is called. */
  public String name() {
    return name;
  }

  /** The sinks that follow this channel: a live view. */
  public Set<Sink> sinks() {
    return Collections.unmodifiableSet(subscriptions.keySet());
  }

  /** How many messages are retained. */
  public int retained() {
    lock.lock();
    try {
      return (int) (history.head() - history.first());
    } finally {
      lock.unlock();
    }
  }

  /** The frames of the retained messages, oldest first. */
  public List<ByteBuffer> history() {
    lock.lock();
    try {
      return history.read(history.first(), Integer.MAX_VALUE);
    } finally {
      lock.unlock();
    }
  }

  /**
   * Lets a sink follow from here on: what is published after this returns reaches it. A sink with a loop of its own is taken
   * to be busy until it first says {@link Subscription#resume()}, so that it may follow before it is open. A sink that
   * follows already goes on as it is.
   */
  public Subscription subscribe(Sink sink) {
    lock.lock();
    try {
      // Position and registration under one lock: a message is either before both or reaches this sink.
      Subscription known = subscriptions.get(sink);
      if (known != null && !known.isEnded()) {
        return known;
      }
      var subscription = new Subscription(this, sink, history.head());
      subscriptions.put(sink, subscription);
      loops.compute(sink.loop(), (loop, members) -> {
        Members joined = members == null ? new Members(loop) : members;
        joined.subscriptions.add(subscription);
        return joined;
      });
      return subscription;
    } finally {
      lock.unlock();
    }
  }

  /** Lets a sink go; one that does not follow is left alone. The sink is not told. */
  public void unsubscribe(Sink sink) {
    Subscription subscription = subscriptions.get(sink);
    if (subscription != null) {
      remove(subscription);
    }
  }

  /**
   * Appends a message and wakes everybody's loop; never waits for a sink and never throws because of one.
   *
   * @param payload the message, UTF-8
   * @param key     whose latest value this is, for {@link SlowRule#LATEST}; null when it is nobody's
   * @return the sinks that follow when it is appended, less those of {@link Loop#CALLER} that have failed by now
   */
  public int publish(byte[] payload, @Nullable String key) {
    ByteBuffer frame = TextFrame.of(payload);
    int reached;
    lock.lock();
    try {
      history.append(frame, nanoTime.getAsLong());
      if (key != null) {
        latest.put(key, frame);
      }
      reached = subscriptions.size();
    } finally {
      lock.unlock();
    }
    listener.published(frame.remaining());
    for (Members members : loops.values()) {
      if (members.loop.equals(Loop.CALLER)) {
        reached -= members.serve();
      } else {
        members.wake();
      }
    }
    return Math.max(0, reached);
  }

  EngineListener listener() {
    return listener;
  }

  Reading read(long cursor, int maxBytes) {
    lock.lock();
    try {
      if (cursor < history.first()) {
        return new Reading.FellBehind(history.head(), List.copyOf(latest.values()));
      }
      return new Reading.Frames(maxBytes == 0 ? List.of() : history.read(cursor, maxBytes));
    } finally {
      lock.unlock();
    }
  }

  /**
   * Decides about a subscription whose frame is gone. One that is to be closed is closed even while its sink is busy,
   * since a sink that never reads is always busy.
   *
   * @return true when it goes on now with the latest values
   */
  boolean fellBehind(Subscription subscription, boolean busy) {
    return switch (slowRule) {
      case LATEST -> {
        if (!busy) {
          listener.fellBehind(subscription.sink(), slowRule);
        }
        yield !busy;
      }
      case CLOSE -> {
        if (remove(subscription)) {
          listener.fellBehind(subscription.sink(), slowRule);
          end(subscription.sink(), CloseReason.TOO_SLOW);
        }
        yield false;
      }
    };
  }

  void failed(Subscription subscription, Exception cause) {
    if (remove(subscription)) {
      listener.failed(subscription.sink(), cause);
      end(subscription.sink(), CloseReason.DEAD);
    }
  }

  /** A sink that cannot even end is gone already. */
  private void end(Sink sink, CloseReason reason) {
    try {
      sink.end(reason);
    } catch (RuntimeException e) {
      listener.failed(sink, e);
    }
  }

  private boolean remove(Subscription subscription) {
    if (!subscription.end()) {
      return false;
    }
    Sink sink = subscription.sink();
    subscriptions.remove(sink, subscription);
    loops.computeIfPresent(sink.loop(), (_, members) -> {
      members.subscriptions.remove(subscription);
      return members.subscriptions.isEmpty() ? null : members;
    });
    return true;
  }

  /** What a cursor finds. */
  sealed interface Reading {
    /** The frames from the cursor on; empty at the head. */
    record Frames(List<ByteBuffer> frames) implements Reading {}

    /** The frame at the cursor is gone. */
    record FellBehind(long head, List<ByteBuffer> latest) implements Reading {}
  }

  /** The subscriptions of one loop. */
  private final class Members {
    private final Loop loop;
    private final Set<Subscription> subscriptions = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean woken = new AtomicBoolean();

    Members(Loop loop) {
      this.loop = loop;
    }

    void wake() {
      if (woken.compareAndSet(false, true)) {
        listener.woken();
        try {
          loop.execute(() -> {
            woken.set(false);
            serve();
          });
        } catch (RuntimeException e) {
          // The loop has ended, and nothing on it will ever be served again.
          woken.set(false);
          subscriptions.forEach(subscription -> failed(subscription, e));
        }
      }
    }

    /** Returns how many ended while they were served. */
    int serve() {
      int ended = 0;
      for (Subscription subscription : subscriptions) {
        subscription.serve();
        if (subscription.isEnded()) {
          ended++;
        }
      }
      return ended;
    }
  }
}
