package dev.porchlight.live;

import dev.porchlight.config.Settings;
import dev.porchlight.engine.ChannelLimits;
import java.time.Duration;

/** How much each channel remembers. */
public record LiveConfig(ChannelLimits events, ChannelLimits system) {
  /** Reads {@code live.events.history-*} and {@code live.system.history-*}. */
  public static LiveConfig read(Settings settings) {
    return new LiveConfig(limits(settings, "live.events."), limits(settings, "live.system."));
  }

  private static ChannelLimits limits(Settings settings, String prefix) {
    ChannelLimits fallback = ChannelLimits.DEFAULT;
    return new ChannelLimits(settings.integer(prefix + "history-messages", fallback.messages(), 1, 10_000_000),
        settings.size(prefix + "history-bytes", fallback.bytes(), 64 << 10, 1L << 30),
        settings.duration(prefix + "history-age", fallback.age(), Duration.ofSeconds(1), Duration.ofDays(1)));
  }
}
