package dev.porchlight.engine;

import org.jspecify.annotations.Nullable;

/**
 * What a follower wants of a channel.
 *
 * @param encoding how messages look on its line
 * @param filter   which messages it is told of, and by which text; null for all: the update of each that has one, or,
 *                 without numbers, the text of those that are for everybody
 * @param after    the number of the last message that it has; {@link #LIVE} when it asks for nothing that was before
 */
public record Follow(Encoding encoding, @Nullable Filter filter, long after) {
  /** From now on. */
  public static final long LIVE = -1;

  /** Everything from now on, as it is. */
  public static final Follow PLAIN = new Follow(Encoding.PLAIN, null, LIVE);
}
