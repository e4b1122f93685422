package dev.porchlight.engine;

import java.util.List;

/**
 * How things stood at the instant when a follower joined.
 *
 * @param subscription which delivers every message after {@code after}
 * @param after        the number of the last message that the subscription will not deliver: the one that was asked for
 *                     when the log reaches back so far, else {@code last}
 * @param first        the number of the oldest message retained; {@code last + 1} when there is none
 * @param last         the number of the last message of the channel
 * @param latest       the latest message of each key, for whoever the filter lets them through to
 */
public record Joined(Subscription subscription, long after, long first, long last, List<Message> latest) {
  public Joined {
    latest = List.copyOf(latest);
  }
}
