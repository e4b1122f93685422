package dev.porchlight.http;

import dev.porchlight.engine.Sink;
import dev.porchlight.engine.Subscription;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is behind a path of a WebSocket.
 *
 * @param connect      lets a connection follow
 * @param disconnect   lets it go
 * @param receiver     hears what clients send; null when that is checked and forgotten, so that it takes no memory
 * @param messageLimit most bytes of a message from a client, as it is once inflated
 */
public record WebSocketEndpoint(Function<Sink, Subscription> connect, Consumer<Sink> disconnect,
    @Nullable Receiver receiver, int messageLimit) {
  /** The message limit of an endpoint that says nothing else, in bytes. */
  public static final int USUAL_MESSAGE_LIMIT = 64 * 1024;

  public WebSocketEndpoint {
    if (messageLimit < 1) {
      throw new IllegalArgumentException("a message limit of " + messageLimit + " bytes");
    }
  }

  /** An endpoint whose clients only listen. */
  public WebSocketEndpoint(Function<Sink, Subscription> connect, Consumer<Sink> disconnect) {
    this(connect, disconnect, null, USUAL_MESSAGE_LIMIT);
  }
}
