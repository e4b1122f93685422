package dev.porchlight.http;

import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.socket.DuplexChannel;
import org.jspecify.annotations.Nullable;

/** What waits in a pipeline for its socket, and how the socket ends. To be called on the event loop of the connection. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails here ends the connection, and that is heard of
final class Outbound {
  private Outbound() {}

  /** The bytes that wait to be written, and a little for each write. */
  static long pending(@Nullable ChannelHandlerContext handler) {
    ChannelOutboundBuffer buffer = buffer(handler);
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  /** As {@link #pending}, less what the socket has taken of a write that it has not taken as a whole. */
  static long untaken(@Nullable ChannelHandlerContext handler) {
    ChannelOutboundBuffer buffer = buffer(handler);
    return buffer == null ? 0 : buffer.totalPendingWriteBytes() - buffer.currentProgress();
  }

  /** Does something once all that was written so far is in the socket, or never will be. */
  static void afterWrites(ChannelHandlerContext handler, Runnable task) {
    handler.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> task.run());
  }

  /** Nothing more is sent, and the client is told so by TCP; what it sends is still read. */
  static void end(ChannelHandlerContext handler) {
    if (handler.channel() instanceof DuplexChannel duplex && duplex.isActive()) {
      duplex.shutdownOutput();
    }
  }

  /** Closes the socket; with a reset, what the kernel still holds for the client is thrown away. */
  static void close(ChannelHandlerContext handler, boolean reset) {
    if (!handler.channel().isOpen()) {
      return;
    }
    try {
      if (reset) {
        handler.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      }
    } finally {
      handler.close();
    }
  }

  private static @Nullable ChannelOutboundBuffer buffer(@Nullable ChannelHandlerContext handler) {
    return handler == null ? null : handler.channel().unsafe().outboundBuffer();
  }
}
