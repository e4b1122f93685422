package dev.porchlight.live;

import dev.porchlight.engine.Subscription;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What a new connection is to send: the greeting, then the replay, and from there on what the subscription has for it.
 *
 * @param greeting frames or events to be sent before anything else; may be empty
 * @param replay   what lies between the client's last message and the subscription's first; null when there is nothing
 */
public record Opening(Dialect dialect, Subscription subscription, ByteBuffer greeting, @Nullable Replay replay) {}
