package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.Filter;
import dev.porchlight.engine.Follow;
import dev.porchlight.engine.Joined;
import dev.porchlight.engine.Sink;
import dev.porchlight.live.FeedRequest.Resume;
import dev.porchlight.store.Journal;
import java.nio.ByteBuffer;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A channel as clients see it: what they may ask for, how they are greeted, and what they missed. Thread-safe. */
public final class Feed {
  /** After how long with nothing sent a client is told that all is well. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(15);

  private static final Set<String> EVENTS = Set.of(Messages.NEW_EVENT, Messages.DETECTION, Messages.EVENT_UPDATED);
  private static final Set<String> SYSTEM = Set.of(Messages.GPU_STATS, Messages.CAMERA_STATUS);

  private final Channel channel;
  private final FeedRequestReader requests;
  private final Past past;
  private final boolean hasGauges;
  private final ChannelMeters meters;
  private final Clock clock;

  private Feed(Channel channel, Set<String> types, Past past, boolean hasGauges, ChannelMeters meters, Clock clock) {
    this.channel = channel;
    this.requests = new FeedRequestReader(types);
    this.past = past;
    this.hasGauges = hasGauges;
    this.meters = meters;
    this.clock = clock;
  }

  /** The feed of {@code /ws/events}, which goes back as far as the journal does, or the channel when there is none. */
  public static Feed events(Channel channel, @Nullable Journal journal, ChannelMeters meters, Clock clock) {
    Past past = journal == null ? new MemoryPast(channel) : new JournalPast(channel, journal, meters);
    return new Feed(channel, EVENTS, past, false, meters, clock);
  }

  /** The feed of {@code /ws/system}: gauges, whose latest values a client is told first. */
  public static Feed system(Channel channel, ChannelMeters meters, Clock clock) {
    return new Feed(channel, SYSTEM, new MemoryPast(channel), true, meters, clock);
  }

  /**
   * Reads what the client of a WebSocket asks for.
   *
   * @param offersV1 that it offers the subprotocol {@code porchlight.v1}
   * @throws FeedRequestException when there is no such thing
   */
  public FeedRequest webSocket(Map<String, List<String>> query, boolean offersV1) {
    return requests.webSocket(query, offersV1);
  }

  /**
   * Reads what the client of an event stream asks for.
   *
   * @param lastEventId the header {@code Last-Event-ID}, or null
   * @throws FeedRequestException when there is no such thing
   */
  public FeedRequest eventStream(Map<String, List<String>> query, @Nullable String lastEventId) {
    return requests.eventStream(query, lastEventId);
  }

  /**
   * Lets a client follow from this instant on.
   *
   * @param deflate      that it reads compressed messages
   * @param connectionId what the connection is called in the log
   */
  public Opening open(Sink sink, FeedRequest request, boolean deflate, String connectionId) {
    Encoding encoding = request.dialect().encoding(deflate);
    Filter filter = request.filter().isOpen() ? null : request.filter().in(request.dialect());
    Resume resume = request.resume();
    boolean isSameEpoch = resume != null && resume.epoch().equals(channel.epoch());
    Joined joined = channel.join(sink,
        new Follow(encoding, filter, resume != null && isSameEpoch ? resume.since() : Follow.LIVE));
    if (request.dialect() == Dialect.PLAIN) {
      return new Opening(request.dialect(), joined.subscription(), ByteBuffer.allocate(0), null);
    }
    boolean isRecovered = resume != null && isSameEpoch && resume.since() <= joined.last()
        && (joined.after() == resume.since() || past.first() <= resume.since() + 1);
    long position = resume != null && isRecovered ? resume.since() : joined.last();
    var greeting = new Greeting(request.dialect(), channel.epoch(), clock)
        .hello(connectionId, joined.last(), position, HEARTBEAT.toSeconds());
    Replay replay = null;
    if (resume != null) {
      meters.resumed(isRecovered);
      if (isRecovered) {
        greeting.recovered(resume.since() + 1, joined.last());
        replay = joined.after() == resume.since()
            ? null
            : new Replay(past, encoding, request.filter(), channel.epoch(), resume.since(), joined.last());
      } else {
        greeting.notRecovered(Math.min(joined.first(), past.first()), joined.last());
      }
    }
    if (hasGauges && !isRecovered) {
      channel.latest(joined.subscription()).forEach(greeting::snapshot);
    }
    return new Opening(request.dialect(), joined.subscription(), greeting.bytes(), replay);
  }

  /** Lets a client go; one that does not follow is left alone. */
  public void close(Sink sink) {
    channel.unsubscribe(sink);
  }

  /**
   * Tells a client that all is well, and where it stands.
   *
   * @param position the number up to which everything that its filter lets through has been sent
   */
  public ByteBuffer heartbeat(Dialect dialect, long position) {
    return new Greeting(dialect, channel.epoch(), clock).heartbeat(position).bytes();
  }
}
