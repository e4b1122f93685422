package dev.porchlight.live;

import org.jspecify.annotations.Nullable;

/**
 * What a client asks for when it connects.
 *
 * @param resume from where it goes on; null when it begins anew
 */
public record FeedRequest(Dialect dialect, FeedFilter filter, @Nullable Resume resume) {
  /**
   * Where a client was.
   *
   * @param since the number of the last message it has
   */
  record Resume(String epoch, long since) {}
}
