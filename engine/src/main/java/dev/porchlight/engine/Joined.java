package dev.porchlight.engine;

/**
 * How things stood at the instant when a follower joined.
 *
 * @param subscription which delivers every message after {@code after}
 * @param after        the number of the last message that the subscription will not deliver: the one that was asked for
 *                     when the log reaches back so far, else {@code last}
 * @param first        the number of the oldest message retained; {@code last + 1} when there is none
 * @param last         the number of the last message of the channel
 */
public record Joined(Subscription subscription, long after, long first, long last) {}
