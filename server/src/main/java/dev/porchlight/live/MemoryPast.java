package dev.porchlight.live;

import dev.porchlight.engine.Channel;
import dev.porchlight.engine.Message;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a channel itself remembers. */
final class MemoryPast implements Past {
  private static final int MESSAGES = 32;

  private final Channel channel;

  MemoryPast(Channel channel) {
    this.channel = channel;
  }

  @Override
  public long first() {
    return channel.first();
  }

  @Override
  public @Nullable Passage after(long after, FeedFilter filter) {
    List<Message> remembered = channel.read(after, MESSAGES);
    return remembered == null ? null : Passage.following(after, remembered);
  }
}
