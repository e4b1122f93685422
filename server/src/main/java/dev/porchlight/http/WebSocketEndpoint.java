package dev.porchlight.http;

import dev.porchlight.engine.Sink;
import dev.porchlight.engine.Subscription;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * What is behind a path of {@code /ws/}.
 *
 * @param connect    lets a connection follow
 * @param disconnect lets it go
 */
public record WebSocketEndpoint(Function<Sink, Subscription> connect, Consumer<Sink> disconnect) {}
