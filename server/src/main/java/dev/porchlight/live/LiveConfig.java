package dev.porchlight.live;

import dev.porchlight.config.Settings;
import dev.porchlight.engine.ChannelLimits;
import java.time.Duration;

/**
 * How much the channels remember.
 *
 * @param events           in memory
 * @param system           in memory
 * @param journalAge       how long the journal of events goes back
 * @param journalMessages  how many messages it holds at most
 */
public record LiveConfig(ChannelLimits events, ChannelLimits system, Duration journalAge,
    int journalMessages) {
  /** Reads {@code live.events.history-*}, {@code live.system.history-*} and the other keys of {@code live}. */
  public static LiveConfig read(Settings settings) {
    return new LiveConfig(limits(settings, "live.events."), limits(settings, "live.system."),
        settings.duration("live.journal-age", Duration.ofHours(24), Duration.ofMinutes(1), Duration.ofDays(366)),
        settings.integer("live.journal-messages", 100_000, 1, 100_000_000));
  }

  /** The most bytes that the channels remember together. */
  public long historyBytes() {
    return events.bytes() + system.bytes();
  }

  private static ChannelLimits limits(Settings settings, String prefix) {
    ChannelLimits fallback = ChannelLimits.DEFAULT;
    return new ChannelLimits(settings.integer(prefix + "history-messages", fallback.messages(), 1, 10_000_000),
        settings.size(prefix + "history-bytes", fallback.bytes(), 64 << 10, 1L << 30),
        settings.duration(prefix + "history-age", fallback.age(), Duration.ofSeconds(1), Duration.ofDays(1)));
  }
}
