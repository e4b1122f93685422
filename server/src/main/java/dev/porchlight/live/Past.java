package dev.porchlight.live;

import org.jspecify.annotations.Nullable;

/** What a channel has said, for clients that come back. Thread-safe. */
interface Past {
  /** The number of the oldest message held, as far as the store of it goes; never blocks. */
  long first();

  /**
   * The messages that follow number {@code after}, at most some of them: all that the filter lets through for a client with
   * numbers, and maybe others; null when the next one is gone. Blocks.
   */
  @Nullable
  Passage after(long after, FeedFilter filter) throws InterruptedException;
}
