package dev.porchlight.http;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * The bytes of a client on their way to {@link ClientFrames}. While the listener is full it takes no more from the
 * socket, so that a client that asks and never reads the answers waits for itself. Must be closed. Confined to the event
 * loop of its connection.
 */
final class ClientInput implements AutoCloseable {
  private final ClientFrames frames;
  private final Deque<ByteBuf> waiting = new ArrayDeque<>(1);
  private boolean isTaking;
  private boolean isPaused;
  private boolean isOver;

  ClientInput(ClientFrames frames) {
    this.frames = frames;
  }

  /** Takes {@code bytes}, which the caller releases as ever, or keeps them until {@link #resume}. */
  void read(ChannelHandlerContext handler, ByteBuf bytes, ClientFrames.Listener listener) throws ProtocolViolation {
    if (isOver) {
      return;
    }
    if (waiting.isEmpty()) {
      take(handler, bytes, listener);
    }
    if (bytes.isReadable() && !isOver) {
      waiting.add(bytes.retain());
      pause(handler, true);
    }
  }

  /** The listener may have room again: goes on with what waited, then with the socket. */
  void resume(ChannelHandlerContext handler, ClientFrames.Listener listener) throws ProtocolViolation {
    // A reply that goes out at once makes room while its message is still being taken, which then goes on by itself.
    if (isTaking || !isPaused) {
      return;
    }
    while (!waiting.isEmpty()) {
      ByteBuf next = waiting.getFirst();
      take(handler, next, listener);
      if (isOver || next.isReadable()) {
        return;
      }
      waiting.removeFirst().release();
    }
    pause(handler, false);
  }

  /** Nothing more is taken: what waits is given back, and what still comes is thrown away. */
  @Override
  public void close() {
    isOver = true;
    frames.close();
    waiting.forEach(ByteBuf::release);
    waiting.clear();
  }

  private void take(ChannelHandlerContext handler, ByteBuf bytes, ClientFrames.Listener listener)
      throws ProtocolViolation {
    isTaking = true;
    try {
      frames.read(bytes, listener);
    } catch (ProtocolViolation e) {
      close();
      // What is left unread in a socket turns its close into a reset, and the client would never see why.
      pause(handler, false);
      throw e;
    } finally {
      isTaking = false;
    }
  }

  private void pause(ChannelHandlerContext handler, boolean paused) {
    if (isPaused != paused) {
      isPaused = paused;
      handler.channel().config().setAutoRead(!paused);
    }
  }
}
