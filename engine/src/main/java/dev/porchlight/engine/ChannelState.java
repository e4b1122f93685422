package dev.porchlight.engine;

import java.util.List;

/**
 * How a channel is, for those who watch it.
 *
 * @param first the number of the oldest message retained
 * @param last  the number of the last message
 * @param lag   how many messages the slowest follower is behind
 * @param logs  one for each encoding that is kept
 */
public record ChannelState(long first, long last, long lag, List<LogState> logs) {
  public ChannelState {
    logs = List.copyOf(logs);
  }

  /** How many follow in this encoding. */
  public int followers(Encoding encoding) {
    return logs.stream().filter(log -> log.encoding() == encoding).mapToInt(LogState::followers).sum();
  }

  /**
   * How the log of an encoding is.
   *
   * @param bytes     of the messages retained
   * @param mostBytes that ever were
   */
  public record LogState(Encoding encoding, int followers, long bytes, long mostBytes) {}
}
