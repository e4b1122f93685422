package dev.porchlight.live;

import dev.porchlight.domain.CameraStatus;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.Memory;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.store.Journal;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Clock;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The two channels of a server, with their broadcasters and feeds, and what keeps them in order once it is started. */
public final class LiveChannels implements AutoCloseable {
  private final Channel eventChannel;
  private final EventBroadcaster events;
  private final SystemBroadcaster system;
  private final Feed eventFeed;
  private final Feed systemFeed;
  private final Upkeep upkeep;
  private final @Nullable JournalTail tail;

  /**
   * Makes the channels; nothing runs yet.
   *
   * @param compressionLevel for clients that read compressed messages: 1 fast to 9 small, 0 not at all
   * @param cameras          the status of each camera as it is now; it must not block
   * @param journal          of {@code /ws/events}; null for a channel that numbers by itself and remembers in memory alone
   * @param nanoTime         a monotonic clock in nanoseconds
   * @param random           for the names of epochs
   */
  public LiveChannels(LiveConfig config, int compressionLevel, Supplier<List<CameraStatus>> cameras,
      @Nullable Journal journal, Memory memory, Clock clock, LongSupplier nanoTime, RandomGenerator random,
      MeterRegistry meters) {
    var eventMeters = new ChannelMeters("events", meters);
    var systemMeters = new ChannelMeters("system", meters);
    tail = journal == null ? null : new JournalTail(journal, clock);
    Numbering numbering = tail == null ? new Numbering(epoch(random), 0) : tail.begin(config.events());
    eventChannel = new Channel("events", config(config.events(), SlowRule.CLOSE, compressionLevel), numbering, memory,
        nanoTime, eventMeters);
    var systemChannel = new Channel("system", config(config.system(), SlowRule.LATEST, compressionLevel),
        new Numbering(epoch(random), 0), memory, nanoTime, systemMeters,
        () -> cameras.get().stream().map(Messages::of).toList());
    eventMeters.watch(eventChannel);
    systemMeters.watch(systemChannel);
    events = journal == null ? new EventBroadcaster(eventChannel) : new EventBroadcaster(eventChannel, journal);
    system = new SystemBroadcaster(systemChannel);
    eventFeed = Feed.events(eventChannel, journal, eventMeters, clock);
    systemFeed = Feed.system(systemChannel, systemMeters, clock);
    upkeep = new Upkeep(List.of(eventChannel, systemChannel), events, journal, config, clock);
  }

  /** Fills the memory of {@code /ws/events} from the journal, before anybody follows, and starts the upkeep. */
  public void start() {
    if (tail != null) {
      tail.load(eventChannel);
    }
    upkeep.start();
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return upkeep.taskState();
  }

  /** Behind {@link #events()}. */
  public Channel eventChannel() {
    return eventChannel;
  }

  /** Where clients of {@code /ws/events} are told what happens. */
  public EventBroadcaster events() {
    return events;
  }

  /** Where clients of {@code /ws/system} are told how things are. */
  public SystemBroadcaster system() {
    return system;
  }

  /** What clients of {@code /ws/events} follow. */
  public Feed eventFeed() {
    return eventFeed;
  }

  /** What clients of {@code /ws/system} follow. */
  public Feed systemFeed() {
    return systemFeed;
  }

  @Override
  public void close() {
    upkeep.close();
  }

  private static ChannelConfig config(ChannelLimits limits, SlowRule rule, int compressionLevel) {
    return new ChannelConfig(limits, rule, compressionLevel);
  }

  private static String epoch(RandomGenerator random) {
    return String.format("%016x", random.nextLong());
  }
}
