package dev.porchlight.live;

import dev.porchlight.domain.Detection;
import dev.porchlight.domain.EventUpdate;
import dev.porchlight.domain.NewEvent;
import dev.porchlight.domain.RiskLevel;
import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelConfig;
import dev.porchlight.engine.ChannelLimits;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Memory;
import dev.porchlight.engine.Numbering;
import dev.porchlight.engine.SlowRule;
import dev.porchlight.live.ResumeStep.Broadcast;
import dev.porchlight.live.ResumeStep.Connect;
import dev.porchlight.live.ResumeStep.Leave;
import dev.porchlight.live.ResumeStep.Prune;
import dev.porchlight.live.ResumeStep.Read;
import dev.porchlight.live.ResumeStep.Wait;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

import static dev.porchlight.live.Examples.NOON;
import static org.assertj.core.api.Assertions.assertThat;

/** A channel that remembers little, the feed before it, three clients, and what was said. Confined to one thread. */
final class ResumeWorld {
  private static final ChannelLimits LITTLE = new ChannelLimits(8, 30_000, Duration.ofMinutes(1));

  private final AtomicLong nanos = new AtomicLong();
  private final List<Said> said = new ArrayList<>();
  private final @Nullable MemoryJournal journal;
  private final Channel channel;
  private final EventBroadcaster events;
  private final Feed feed;
  private final List<ResumeClient> clients;

  ResumeWorld(@Nullable MemoryJournal journal) {
    this.journal = journal;
    this.channel = new Channel("events", new ChannelConfig(LITTLE, SlowRule.CLOSE, 1),
        journal == null ? new Numbering("memory1", 0) : new Numbering(journal.epoch(), journal.head()), Memory.DIRECT,
        nanos::get, EngineListener.NONE);
    this.events = journal == null ? new EventBroadcaster(channel) : new EventBroadcaster(channel, journal);
    this.feed = Feed.events(channel, journal, new ChannelMeters("events", new SimpleMeterRegistry()),
        Clock.systemUTC());
    this.clients = IntStream.range(0, 3).mapToObj(_ -> new ResumeClient(this)).toList();
  }

  Feed feed() {
    return feed;
  }

  String epoch() {
    return channel.epoch();
  }

  long last() {
    return said.size();
  }

  /** The number of the oldest message that somebody who comes back can still be told. */
  long first() {
    return Math.min(channel.first(), journal == null ? Long.MAX_VALUE : journal.first());
  }

  /** What the message with this number says; its id is the number too. */
  Said said(long seq) {
    return said.get(Math.toIntExact(seq - 1));
  }

  void happens(ResumeStep step) {
    switch (step) {
      case Broadcast message -> broadcast(message);
      case Wait pause -> {
        nanos.addAndGet(Duration.ofSeconds(pause.seconds()).toNanos());
        channel.tidy();
      }
      case Prune prune -> {
        if (journal != null) {
          int _ = journal.prune(Instant.EPOCH, prune.keep(), channel.last());
        }
      }
      case Connect connect -> clients.get(connect.client()).connect(connect);
      case Leave leave -> clients.get(leave.client()).leave();
      case Read read -> clients.get(read.client()).readSome();
    }
    clients.forEach(ResumeClient::readUnlessSlow);
  }

  void allReadToTheEnd() {
    clients.forEach(ResumeClient::readToTheEnd);
  }

  private void broadcast(Broadcast message) {
    long id = said.size() + 1L;
    Said now = Said.of(message, id, journal != null);
    said.add(now);
    var event = new NewEvent(id, message.camera(), message.risk(), RiskLevel.LOW, "", "x".repeat(message.size()), NOON,
        NOON);
    int _ = switch (message.type()) {
      case NEW_EVENT -> events.broadcastNewEvent(event);
      case DETECTION -> events.broadcastDetection(new Detection(id, message.camera(), "dog", 0.5, NOON, 0, 0, 1, 1));
      case EVENT_UPDATED -> {
        var update = new EventUpdate(event, true, null);
        if (journal != null) {
          journal.store(update, now.told(), now.rose(), now.isLate());
        }
        yield events.broadcastEventUpdated(update);
      }
    };
    assertThat(channel.last()).isEqualTo(id);
  }
}
