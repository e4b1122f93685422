package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.ChannelState;
import dev.porchlight.engine.ChannelState.LogState;
import dev.porchlight.engine.Encoding;
import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.SlowRule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.io.IOException;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts and logs what happens in a channel. Thread-safe. */
public final class ChannelMeters implements EngineListener {
  private static final Logger log = LoggerFactory.getLogger(ChannelMeters.class);

  private final String channel;
  private final Counter messages;
  private final Counter bytes;
  private final Counter wakeUps;
  private final Counter writes;
  private final Counter frames;
  private final Counter failures;
  private final Counter fellBehind;
  private final Counter resumed;
  private final Counter notResumed;
  private final Counter journalReads;
  private final MeterRegistry meters;

  /** Counts for the channel of this name. */
  public ChannelMeters(String channel, MeterRegistry meters) {
    this.channel = channel;
    this.meters = meters;
    this.messages = meters.counter("porchlight.channel.messages", "channel", channel);
    this.bytes = meters.counter("porchlight.channel.bytes", "channel", channel);
    this.wakeUps = meters.counter("porchlight.channel.wakeups", "channel", channel);
    this.writes = meters.counter("porchlight.channel.writes", "channel", channel);
    this.frames = meters.counter("porchlight.channel.frames", "channel", channel);
    this.failures = meters.counter("porchlight.channel.failures", "channel", channel);
    this.fellBehind = meters.counter("porchlight.channel.fell.behind", "channel", channel);
    this.resumed = meters.counter("porchlight.channel.resumes", "channel", channel, "recovered", "true");
    this.notResumed = meters.counter("porchlight.channel.resumes", "channel", channel, "recovered", "false");
    this.journalReads = meters.counter("porchlight.channel.journal.reads", "channel", channel);
  }

  /** Shows, whenever somebody asks, how this channel is. */
  public void watch(Channel watched) {
    gauge("porchlight.channel.lag", watched, state -> state.lag());
    gauge("porchlight.channel.retained", watched, state -> state.last() - state.first() + 1);
    for (Encoding encoding : Encoding.values()) {
      Tags tags = Tags.of("channel", channel, "encoding", encoding.name().toLowerCase(Locale.ROOT));
      meters.gauge("porchlight.channel.connections", tags, watched, it -> it.state().followers(encoding));
      meters.gauge("porchlight.channel.log.bytes", tags, watched, it -> log(it, encoding, LogState::bytes));
      meters.gauge("porchlight.channel.log.bytes.max", tags, watched, it -> log(it, encoding, LogState::mostBytes));
    }
  }

  /** A client came back and asked for what it missed. */
  void resumed(boolean isRecovered) {
    (isRecovered ? resumed : notResumed).increment();
  }

  /** The journal is read for a client that came back, since the channel no longer remembers what it missed. */
  void journalRead() {
    journalReads.increment();
  }

  private void gauge(String name, Channel watched, ToDoubleFunction<ChannelState> value) {
    meters.gauge(name, Tags.of("channel", channel), watched, it -> value.applyAsDouble(it.state()));
  }

  private static double log(Channel watched, Encoding encoding, ToDoubleFunction<LogState> value) {
    return watched.state().logs().stream().filter(it -> it.encoding() == encoding).mapToDouble(value).sum();
  }

  @Override
  public void published(int size) {
    messages.increment();
    bytes.increment(size);
  }

  @Override
  public void woken() {
    wakeUps.increment();
  }

  @Override
  public void written(int count) {
    writes.increment();
    frames.increment(count);
  }

  @Override
  public void failed(Sink sink, Throwable cause) {
    failures.increment();
    if (cause instanceof IOException) {
      log.debug("channel {}: {} broke: {}", channel, sink, cause.toString());
    } else {
      log.error("channel {}: {} could not be served", channel, sink, cause);
    }
  }

  @Override
  public void fellBehind(Sink sink, SlowRule rule) {
    fellBehind.increment();
    switch (rule) {
      case CLOSE -> log.info("channel {}: {} fell behind, closing it with 4008", channel, sink);
      // Again and again, for as long as it is slow.
      case LATEST -> log.debug("channel {}: {} fell behind, moving it on to the latest values", channel, sink);
    }
  }
}
