package dev.porchlight.engine;

/**
 * How a channel works.
 *
 * @param limits           how much it remembers
 * @param slowRule         what becomes of followers that fall behind that, and do not get numbers
 * @param compressionLevel of {@link Encoding#DEFLATED} and the like: 1 fast to 9 small, 0 not at all
 */
public record ChannelConfig(ChannelLimits limits, SlowRule slowRule, int compressionLevel) {
  public ChannelConfig {
    if (compressionLevel < 0 || compressionLevel > 9) {
      throw new IllegalArgumentException("there is no compression level " + compressionLevel);
    }
  }
}
