package dev.porchlight.live;

import dev.porchlight.engine.EngineListener;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.SlowRule;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
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

  /** Counts for the channel of this name. */
  public ChannelMeters(String channel, MeterRegistry meters) {
    this.channel = channel;
    this.messages = meters.counter("porchlight.channel.messages", "channel", channel);
    this.bytes = meters.counter("porchlight.channel.bytes", "channel", channel);
    this.wakeUps = meters.counter("porchlight.channel.wakeups", "channel", channel);
    this.writes = meters.counter("porchlight.channel.writes", "channel", channel);
    this.frames = meters.counter("porchlight.channel.frames", "channel", channel);
    this.failures = meters.counter("porchlight.channel.failures", "channel", channel);
    this.fellBehind = meters.counter("porchlight.channel.fell.behind", "channel", channel);
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
  public void failed(Sink sink, Exception cause) {
    failures.increment();
    log.debug("channel {}: a connection failed: {}", channel, cause.toString());
  }

  @Override
  public void fellBehind(Sink sink, SlowRule rule) {
    fellBehind.increment();
    log.info("channel {}: a connection fell behind, {}", channel,
        rule == SlowRule.CLOSE ? "closing it with 4008" : "moving it on to the latest values");
  }
}
