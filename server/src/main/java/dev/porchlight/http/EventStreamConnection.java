package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One client of server-sent events: an HTTP response that does not end. Confined to its event loop, but for {@link #end} and
 * {@link #loop}.
 */
// A failed write ends the connection, and that is heard of.
@SuppressWarnings("FutureReturnValueIgnored")
final class EventStreamConnection implements Sink, Delivery.Line {
  private final String name;
  private final Channel channel;
  private final HttpServerResponse response;
  private final EventLoop eventLoop;
  private final Loop loop;
  private final Duration closeGrace;
  private @Nullable Delivery delivery;
  private int writing;
  private @Nullable CloseReason closing;

  /**
   * A stream that is not open yet.
   *
   * @param name for the log
   */
  EventStreamConnection(String name, Channel channel, HttpServerResponse response, EventLoop eventLoop, Loop loop,
      Duration closeGrace) {
    this.name = name;
    this.channel = channel;
    this.response = response;
    this.eventLoop = eventLoop;
    this.loop = loop;
    this.closeGrace = closeGrace;
  }

  /** Why the connection ended or ends; null when nobody but the network knows. */
  @Nullable
  CloseReason closeReason() {
    return closing;
  }

  /** The head of the response is on its way. */
  void open(Delivery following) {
    KernelBuffers.keepSmall(channel);
    delivery = following;
    following.start();
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean write(Block block, int from, int to) throws IOException {
    if (delivery == null || closing != null || response.closed()) {
      block.release();
      if (response.closed()) {
        throw new IOException("the connection is gone");
      }
      return false;
    }
    return delivery.write(block, from, to);
  }

  /** Copies: Vert.x's response is the simple way, and those who are many use WebSockets. */
  @Override
  public boolean send(ByteBuf bytes) {
    Buffer copy = Buffer.buffer(ByteBufUtil.getBytes(bytes));
    bytes.release();
    if (closing == null && !response.closed()) {
      writing++;
      response.write(copy).onSuccess(_ -> written());
    }
    return false;
  }

  @Override
  public void end(CloseReason reason) {
    if (eventLoop.inEventLoop()) {
      close(reason);
    } else {
      eventLoop.execute(() -> close(reason));
    }
  }

  /** Ends the connection after a while; never waits. */
  void endAfter(CloseReason reason, Duration delay) {
    eventLoop.schedule(() -> close(reason), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** There is no code to be sent here: the stream ends, if the socket takes that, and the connection anyway. */
  @Override
  public void close(CloseReason reason) {
    if (closing != null) {
      return;
    }
    closing = reason;
    stop();
    if (!response.closed()) {
      // First, since there may be no memory for the end.
      eventLoop.schedule(this::disconnect, closeGrace.toMillis(), TimeUnit.MILLISECONDS);
      // A stream that has ended is a response like any other, and its connection would be kept for the next request.
      // Once more through the loop: Netty tells of a write before it takes it off what is pending, which would mean a reset.
      response.end().onComplete(_ -> eventLoop.execute(this::disconnect));
    }
  }

  /** Nothing more is sent. */
  void stop() {
    if (delivery != null) {
      delivery.stop();
    }
  }

  /** From the very beginning of the pipeline: Vert.x would wait for what a client that does not read has not taken. */
  private void disconnect() {
    if (!channel.isOpen()) {
      return;
    }
    ChannelOutboundBuffer pending = channel.unsafe().outboundBuffer();
    if (pending != null && pending.totalPendingWriteBytes() > 0) {
      channel.config().setOption(ChannelOption.SO_LINGER, 0);
    }
    channel.pipeline().firstContext().close();
  }

  @Override
  public String toString() {
    return name;
  }

  private void written() {
    if (--writing == 0 && delivery != null && closing == null) {
      delivery.ready();
    }
  }
}
