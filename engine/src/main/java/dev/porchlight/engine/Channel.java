package dev.porchlight.engine;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.engine.MessageDeflater.Deflated;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * An ordered, numbered stream of messages that any number of sinks follow. A message is encoded once for each way in which
 * somebody follows, appended once and never waits for a sink: each sink follows with a cursor, as fast as it can.
 * Thread-safe.
 */
public final class Channel {
  /** How long an encoding that nobody follows is kept, for those who come back. */
  private static final long KEPT_IDLE_NANOS = 60_000_000_000L;

  private static final long ANY_NUMBER = 0;

  private final String name;
  private final ChannelConfig config;
  private final String epoch;
  private final Memory memory;
  private final LongSupplier nanoTime;
  private final EngineListener listener;
  private final Supplier<List<Message>> present;
  private final MessageDeflater deflater;
  private final ReentrantLock lock = new ReentrantLock();
  @GuardedBy("lock")
  private final Appended appended;
  @GuardedBy("lock")
  private final Log plain;
  @GuardedBy("lock")
  private final Map<Encoding, Log> logs = new EnumMap<>(Encoding.class);
  @GuardedBy("lock")
  private final Map<String, Message> latest = new LinkedHashMap<>();
  /** Messages were forgotten, and those who may have needed them are not woken yet. */
  @GuardedBy("lock")
  private boolean hasForgotten;
  private final Map<Sink, Subscription> subscriptions = new ConcurrentHashMap<>();
  private final Set<Subscription> filtered = ConcurrentHashMap.newKeySet();
  private final Map<Loop, Members> loops = new ConcurrentHashMap<>();
  private volatile boolean deflates;
  private volatile long first;
  private volatile long last;

  /**
   * Makes a channel without messages.
   *
   * @param name      for people: {@code events}
   * @param numbering where its numbers begin
   * @param nanoTime  a monotonic clock in nanoseconds, for the age of messages
   */
  public Channel(String name, ChannelConfig config, Numbering numbering, Memory memory, LongSupplier nanoTime,
      EngineListener listener) {
    this(name, config, numbering, memory, nanoTime, listener, List::of);
  }

  /**
   * Makes a channel without messages, some of whose values change without a broadcast.
   *
   * @param present those values as they are when it is asked, beside the latest message of each key; it must not block, and
   *                is called without a lock
   */
  public Channel(String name, ChannelConfig config, Numbering numbering, Memory memory, LongSupplier nanoTime,
      EngineListener listener, Supplier<List<Message>> present) {
    this.name = name;
    this.config = config;
    this.epoch = numbering.epoch();
    this.memory = memory;
    this.nanoTime = nanoTime;
    this.listener = new ReportingListener(listener);
    this.present = present;
    this.deflater = new MessageDeflater(config.compressionLevel());
    this.last = numbering.last();
    this.first = last + 1;
    this.appended = new Appended(first);
    this.plain = new Log(Encoding.PLAIN, memory, first, config.limits().bytes());
    logs.put(Encoding.PLAIN, plain);
  }

  /** What this channel is called. */
  public String name() {
    return name;
  }

  /** Changes whenever the numbers of messages start again. */
  public String epoch() {
    return epoch;
  }

  /** The number of the oldest message retained; one more than {@link #last()} when there is none. */
  public long first() {
    return first;
  }

  /** The number of the last message; 0 when there was none. */
  public long last() {
    return last;
  }

  /** The sinks that follow this channel: a live view. */
  public Set<Sink> sinks() {
    return Collections.unmodifiableSet(subscriptions.keySet());
  }

  /** How the channel is now. */
  public ChannelState state() {
    long slowest = subscriptions.values().stream().mapToLong(Subscription::position).min().orElse(Long.MAX_VALUE);
    lock.lock();
    try {
      return new ChannelState(first, last, Math.max(0, last - slowest), logs.values()
          .stream()
          .map(log -> new ChannelState.LogState(log.encoding(), log.followers(), log.bytes(), log.mostBytes()))
          .toList());
    } finally {
      lock.unlock();
    }
  }

  /**
   * The messages retained after number {@code after}, oldest first, at most {@code limit}: empty when there are none, null
   * when the next one is gone.
   */
  public @Nullable List<Message> read(long after, int limit) {
    Segment segment;
    lock.lock();
    try {
      if (after + 1 < first) {
        return null;
      }
      if (after >= last) {
        return List.of();
      }
      segment = plain.segmentOf(after + 1);
    } finally {
      lock.unlock();
    }
    return segment.read(after + 1, limit);
  }

  /** As {@link #join}, for a sink that wants everything from now on as it is. */
  public Subscription subscribe(Sink sink) {
    return join(sink, Follow.PLAIN).subscription();
  }

  /**
   * Lets a sink follow. A sink with a loop of its own is taken to be busy until it first says
   * {@link Subscription#resume()}, so that it may follow before it is open. A sink that follows already goes on as it is.
   *
   * @return how things stood at that instant: every message from there on reaches the sink, or it is ended
   */
  public Joined join(Sink sink, Follow follow) {
    lock.lock();
    try {
      forgetOld();
      // Position and registration under one lock: a message is either before both or reaches this sink.
      Subscription known = subscriptions.get(sink);
      if (known != null && !known.isEnded()) {
        return new Joined(known, known.position(), first, last);
      }
      Log log = logs.computeIfAbsent(follow.encoding(), this::begin);
      boolean reachesBack = follow.after() != Follow.LIVE && follow.after() <= last
          && follow.after() + 1 >= log.first();
      long after = reachesBack ? follow.after() : last;
      var subscription = new Subscription(this, sink, follow, log.segmentOf(after + 1), after + 1);
      log.joined(subscription.isFiltered());
      subscriptions.put(sink, subscription);
      if (subscription.isFiltered()) {
        filtered.add(subscription);
      }
      loops.compute(sink.loop(), (loop, members) -> {
        Members joined = members == null ? new Members(this, loop) : members;
        joined.add(subscription);
        return joined;
      });
      return new Joined(subscription, after, first, last);
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
   * Appends a message with the next number and wakes everybody's loop; never waits for a sink and never throws because of
   * one.
   *
   * @return the sinks that follow when it is appended and that it is let through to, less those of {@link Loop#CALLER} that
   *         have failed by now
   */
  public int publish(Message message) {
    return publish(message, ANY_NUMBER);
  }

  /**
   * As {@link #publish(Message)}, for a message that has its number already: it is appended unless the channel has it.
   *
   * @return as above; when the channel had it, for how many it was appended then
   * @throws IllegalStateException when messages before it are missing
   */
  public int publish(Message message, long seq) {
    Deflated deflated = deflates ? deflater.deflate(message) : Deflated.NONE;
    int reached;
    lock.lock();
    try {
      long number = last + 1;
      if (seq != ANY_NUMBER && seq < number) {
        return appended.reached(seq);
      }
      if (seq > number) {
        throw new IllegalStateException("channel " + name + ": message " + seq + " comes after " + last);
      }
      reached = append(message, deflated, number, nanoTime.getAsLong());
    } finally {
      lock.unlock();
    }
    listener.published(message.text().length);
    // Who joined meanwhile and has failed already was never counted.
    return Math.max(0, reached - wake(message.label()));
  }

  /** The latest message of each key and the values that are present now, as far as this subscription is told of them. */
  public List<Message> latest(Subscription subscription) {
    List<Message> values;
    lock.lock();
    try {
      values = new ArrayList<>(latest.values());
    } finally {
      lock.unlock();
    }
    values.addAll(present.get());
    values.removeIf(message -> !subscription.isTold(message.label()));
    return values;
  }

  /**
   * Appends a message from before the start, for clients that resume. It is not broadcast and not counted.
   *
   * @param seq its number, which must be the next
   * @param age how long ago it was broadcast; it is forgotten as early as if it had been appended then
   * @throws IllegalStateException when it is not the next, or the channel has a subscription already
   */
  public void restore(Message message, long seq, Duration age) {
    lock.lock();
    try {
      if (seq != last + 1 || !subscriptions.isEmpty()) {
        throw new IllegalStateException("channel " + name + ": message " + seq + " is to be restored after " + last
            + ", with " + subscriptions.size() + " subscriptions");
      }
      int _ = append(message, Deflated.NONE, seq, nanoTime.getAsLong() - Math.max(0, age.toNanos()));
    } finally {
      lock.unlock();
    }
  }

  /** For how many a message was appended; 0 when it is no longer retained, or not there yet. */
  public int reached(long seq) {
    lock.lock();
    try {
      return appended.reached(seq);
    } finally {
      lock.unlock();
    }
  }

  /** Forgets what is too old, and encodings that nobody has followed for a minute. To be called now and then. */
  public void tidy() {
    boolean forgot;
    lock.lock();
    try {
      forgetOld();
      forgot = hasForgotten;
      hasForgotten = false;
      long now = nanoTime.getAsLong();
      logs.values().removeIf(log -> {
        boolean isUnused = log.encoding() != Encoding.PLAIN && log.followers() == 0
            && now - log.idleSince() >= KEPT_IDLE_NANOS;
        if (isUnused) {
          log.close();
        }
        return isUnused;
      });
      deflates = logs.keySet().stream().anyMatch(Encoding::isDeflated);
    } finally {
      lock.unlock();
    }
    if (forgot) {
      int _ = wake(null);
    }
  }

  long nanoTime() {
    return nanoTime.getAsLong();
  }

  EngineListener listener() {
    return listener;
  }

  /**
   * Decides about a subscription whose next message is gone. One that is to be closed is closed even while its sink is
   * busy, since a sink that never reads is always busy.
   *
   * @return where it goes on, at the latest values; null when it does not go on now
   */
  @Nullable
  Restart fellBehind(Subscription subscription, boolean busy) {
    if (config.slowRule() == SlowRule.CLOSE || subscription.encoding().isNumbered()) {
      if (remove(subscription)) {
        listener.fellBehind(subscription.sink(), SlowRule.CLOSE);
        end(subscription.sink(), CloseReason.TOO_SLOW);
      }
      return null;
    }
    if (busy) {
      return null;
    }
    listener.fellBehind(subscription.sink(), SlowRule.LATEST);
    long next;
    Segment segment;
    lock.lock();
    try {
      Log log = logs.get(subscription.encoding());
      if (log == null) {
        return null;
      }
      next = last + 1;
      segment = log.segmentOf(next);
    } finally {
      lock.unlock();
    }
    // After the position: a value that changes meanwhile is told twice, never left out.
    return Restart.of(segment, next, latest(subscription), memory);
  }

  /** Serves the followers of a loop once more, after others on the loop have had their turn. */
  void serveAgain(Loop loop) {
    Members members = loops.get(loop);
    if (members != null) {
      int _ = members.wake(null);
    }
  }

  /** Ends a subscription that cannot be served; never throws. */
  void failed(Subscription subscription, Throwable cause) {
    if (remove(subscription)) {
      listener.failed(subscription.sink(), cause);
      end(subscription.sink(), CloseReason.DEAD);
    }
  }

  @GuardedBy("lock")
  private int append(Message message, Deflated deflated, long seq, long atNanos) {
    int reached = told(message.label());
    // Room for all of it before any of it: a log with a message that another lacks would be off by one from there on.
    var encoded = new ArrayList<Encoded>(logs.size());
    for (Log log : logs.values()) {
      Encoded made = log.encoding().encoded(message, deflated, seq, epoch);
      log.makeRoom(made);
      encoded.add(made);
    }
    int place = 0;
    for (Log log : logs.values()) {
      log.append(seq, encoded.get(place++), message.label());
    }
    appended.append(atNanos, reached);
    if (message.key() != null) {
      latest.put(message.key(), message);
    }
    last = seq;
    forgetOld();
    // Everybody is woken for the message itself.
    hasForgotten = false;
    return reached;
  }

  @GuardedBy("lock")
  private Log begin(Encoding encoding) {
    if (encoding.isDeflated()) {
      deflates = true;
    }
    return new Log(encoding, memory, last + 1, config.limits().bytes());
  }

  @GuardedBy("lock")
  private int told(Label label) {
    int told = 0;
    for (Log log : logs.values()) {
      if (label.isPlain() || log.encoding().isNumbered()) {
        told += log.unfiltered();
      }
    }
    for (Subscription subscription : filtered) {
      told += subscription.isTold(label) ? 1 : 0;
    }
    return told;
  }

  /** Moves the first number on, for all logs together, and only then lets their memory go. */
  @GuardedBy("lock")
  private void forgetOld() {
    ChannelLimits limits = config.limits();
    long oldest = nanoTime.getAsLong() - limits.age().toNanos();
    while (appended.size() > limits.messages() || (appended.size() > 1 && bytes() > limits.bytes())
        || (appended.size() > 0 && appended.isOldestBefore(oldest))) {
      appended.forgetOldest();
      first = appended.first();
      hasForgotten = true;
      for (Log log : logs.values()) {
        log.forgetBefore(first);
      }
    }
  }

  @GuardedBy("lock")
  private long bytes() {
    long bytes = 0;
    for (Log log : logs.values()) {
      bytes += log.bytes();
    }
    return bytes;
  }

  /** Wakes every loop; serves those sinks that have none, and returns how many ended of those that are told of the label. */
  private int wake(@Nullable Label label) {
    int ended = 0;
    for (Members members : loops.values()) {
      ended += members.wake(label);
    }
    return ended;
  }

  /** Whatever the sink throws, an error included: others on its loop, or of this broadcast, are still to be served. */
  private void end(Sink sink, CloseReason reason) {
    try {
      sink.end(reason);
    } catch (Throwable e) {
      listener.failed(sink, e);
    }
  }

  private boolean remove(Subscription subscription) {
    Sink sink = subscription.sink();
    lock.lock();
    try {
      if (subscription.isEnded()) {
        return false;
      }
      subscription.end();
      // All under the lock: who is still joining is entered everywhere before it is struck out everywhere.
      subscriptions.remove(sink, subscription);
      filtered.remove(subscription);
      loops.computeIfPresent(sink.loop(), (_, members) -> members.remove(subscription) ? null : members);
      Log log = logs.get(subscription.encoding());
      if (log != null) {
        log.left(subscription.isFiltered(), nanoTime.getAsLong());
      }
    } finally {
      lock.unlock();
    }
    return true;
  }
}
