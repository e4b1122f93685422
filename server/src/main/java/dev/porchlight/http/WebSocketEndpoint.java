package dev.porchlight.http;

import dev.porchlight.live.Feed;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a path of a WebSocket.
 *
 * @param feed         what clients follow; null when there is nothing to follow
 * @param receiver     hears what clients send; null when that is checked and forgotten, so that it takes no memory
 * @param messageLimit most bytes of a message from a client, as it is once inflated
 */
public record WebSocketEndpoint(@Nullable Feed feed, @Nullable Receiver receiver, int messageLimit) {
  /** The message limit of an endpoint that says nothing else, in bytes. */
  public static final int USUAL_MESSAGE_LIMIT = 64 * 1024;

  public WebSocketEndpoint {
    if (messageLimit < 1) {
      throw new IllegalArgumentException("a message limit of " + messageLimit + " bytes");
    }
  }

  /** An endpoint whose clients only listen. */
  public static WebSocketEndpoint of(Feed feed) {
    return new WebSocketEndpoint(feed, null, USUAL_MESSAGE_LIMIT);
  }

  /** An endpoint whose clients only speak, or are answered one by one. */
  public static WebSocketEndpoint of(Receiver receiver, int messageLimit) {
    return new WebSocketEndpoint(null, receiver, messageLimit);
  }
}
