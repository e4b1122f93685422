package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.engine.Subscription;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One way to put a broadcaster and its connections together: of events, with a journal or without, or of the system;
 * connections with a loop of their own, as the server's have, or served by the thread that broadcasts.
 */
final class BroadcastSetup {
  private final Kind kind;
  private final @Nullable QueuedLoop loop;
  private final Channel channel;
  private final @Nullable EventBroadcaster events;
  private final @Nullable SystemBroadcaster system;

  private BroadcastSetup(Kind kind, @Nullable QueuedLoop loop) {
    this.kind = kind;
    this.loop = loop;
    this.channel = Examples.channel(kind == Kind.SYSTEM ? SlowRule.LATEST : SlowRule.CLOSE);
    this.events = switch (kind) {
      case EVENTS -> new EventBroadcaster(channel);
      case EVENTS_WITH_JOURNAL -> new EventBroadcaster(channel, new MemoryJournal());
      case SYSTEM -> null;
    };
    this.system = kind == Kind.SYSTEM ? new SystemBroadcaster(channel) : null;
  }

  /** Runs a test body on every setup. */
  static void each(Body body) throws InterruptedException {
    run(List.of(Kind.values()), body);
  }

  /** Runs a test body on every setup of events. */
  static void eachOfEvents(Body body) throws InterruptedException {
    run(List.of(Kind.EVENTS, Kind.EVENTS_WITH_JOURNAL), body);
  }

  /** Runs a test body on every setup of the system. */
  static void eachOfSystem(Body body) throws InterruptedException {
    run(List.of(Kind.SYSTEM), body);
  }

  private static void run(List<Kind> kinds, Body body) throws InterruptedException {
    for (Kind kind : kinds) {
      for (boolean hasLoops : new boolean[]{false, true}) {
        var setup = new BroadcastSetup(kind, hasLoops ? new QueuedLoop() : null);
        try {
          body.test(setup);
        } catch (AssertionError e) {
          throw new AssertionError(setup + ": " + e.getMessage(), e);
        }
      }
    }
  }

  EventBroadcaster events() {
    return Objects.requireNonNull(events);
  }

  SystemBroadcaster system() {
    return Objects.requireNonNull(system);
  }

  Channel channel() {
    return channel;
  }

  RecordingConnection connection() {
    return new RecordingConnection(loop);
  }

  RecordingConnection connected() {
    RecordingConnection connection = connection();
    connect(connection);
    return connection;
  }

  BrokenConnection brokenConnection() {
    return new BrokenConnection(loop);
  }

  void connect(Sink connection) {
    Subscription subscription = events == null ? system().connect(connection) : events.connect(connection);
    subscription.resume();
  }

  void disconnect(Sink connection) {
    if (events == null) {
      system().disconnect(connection);
    } else {
      events.disconnect(connection);
    }
  }

  Set<Sink> connections() {
    return events == null ? system().connections() : events.connections();
  }

  /** Broadcasts a message of this kind. */
  int broadcast() {
    return events == null
        ? system().broadcastGpuStats(Examples.GPU_STATS)
        : events.broadcastNewEvent(Examples.NEW_EVENT);
  }

  /**
   * Of connections that break at a broadcast, how many it still counts: the thread that broadcasts does not wait for a loop,
   * which finds out later.
   */
  int stillCounted(int broken) {
    return loop == null ? 0 : broken;
  }

  /** Lets the loop do all it has to do. */
  void settle() {
    if (loop != null) {
      loop.settle();
    }
  }

  @Override
  public String toString() {
    return kind + (loop == null ? ", connections without a loop" : ", connections with a loop");
  }

  /** The broadcasters there are. */
  private enum Kind {
    EVENTS, EVENTS_WITH_JOURNAL, SYSTEM
  }

  /** What is tested on a setup. */
  interface Body {
    void test(BroadcastSetup setup) throws InterruptedException;
  }
}
