package dev.porchlight.live;

import dev.porchlight.engine.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel has said, for clients that come back. Thread-safe. */
interface Past {
  /** The number of the oldest message held, as far as the store of it goes; never blocks. */
  long first();

  /**
   * The messages that follow number {@code after}, without a gap, at most some of them; null when the next one is gone.
   * Blocks.
   */
  @Nullable
  List<Message> after(long after);
}
