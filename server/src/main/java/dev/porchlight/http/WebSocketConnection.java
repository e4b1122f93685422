package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import dev.porchlight.engine.Subscription;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One WebSocket: the only handler of its pipeline, and the sink of its subscription. Confined to its event loop, but for
 * {@link #end}, {@link #loop} and {@link #id}.
 */
// A failed write comes back as an exception of the pipeline, so nothing is told twice by looking at each future.
@SuppressWarnings("FutureReturnValueIgnored")
final class WebSocketConnection extends ChannelInboundHandlerAdapter implements Sink, ClientFrames.Listener {
  private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);
  private static final int CLOSE_HEADER = 0x88;
  private static final int PING_HEADER = 0x89;
  private static final int PONG_HEADER = 0x8A;
  /** Unwritable means that a write is under way: the sign by which the engine is told to wait. */
  private static final WriteBufferWaterMark ONE_WRITE = new WriteBufferWaterMark(1, 1);
  /** The heartbeats of a client that answers each ping may not fill our memory while it reads nothing. */
  private static final long MOST_PENDING_BYTES = 256 * 1024;

  /** A client of a receiver is not read from while more of its replies is pending; one message may go beyond. */
  private static final long MOST_REPLY_BYTES = 1024 * 1024;

  /** A write that takes longer waits for room in the socket, and not just for its turn. */
  private static final Duration HELD_UP = Duration.ofMillis(500);

  private final long id;
  private final String path;
  private final EventLoop eventLoop;
  private final Loop loop;
  private final WebSocketTimes times;
  private final WebSocketEndpoint endpoint;
  private final int replyLevel;
  private final ClientInput input;
  private final Consumer<WebSocketConnection> closed;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Subscription subscription;
  private @Nullable CloseReason closing;
  private boolean isSilent;
  private boolean isBusy;
  private long heldUpFrom;
  private boolean heldUpAtPing;
  private long pendingAtPing;
  private long progressAtPing;

  /**
   * A connection that is not open yet: {@link #open} follows the handshake.
   *
   * @param path             for the log
   * @param loop             equal for all connections of {@code eventLoop}
   * @param endpoint         hears when nothing more is to be sent, which may be before the end, and what the client says
   * @param deflate          whether both sides may compress their messages
   * @param compressionLevel for replies, if they may
   * @param closed           hears of the end
   */
  WebSocketConnection(long id, String path, EventLoop eventLoop, Loop loop, WebSocketTimes times,
      WebSocketEndpoint endpoint, boolean deflate, int compressionLevel, Consumer<WebSocketConnection> closed) {
    this.id = id;
    this.path = path;
    this.eventLoop = eventLoop;
    this.loop = loop;
    this.times = times;
    this.endpoint = endpoint;
    this.replyLevel = deflate ? compressionLevel : 0;
    this.input = new ClientInput(new ClientFrames(endpoint.messageLimit(), deflate, endpoint.receiver() != null));
    this.closed = closed;
  }

  long id() {
    return id;
  }

  String path() {
    return path;
  }

  /** Why the connection ended or ends; null when nobody but the network knows. */
  @Nullable
  CloseReason closeReason() {
    return closing;
  }

  /** The handshake is done: from here on frames may be written. */
  void open(ChannelHandlerContext handler, Subscription following) {
    context = handler;
    subscription = following;
    handler.channel().config().setWriteBufferWaterMark(ONE_WRITE);
    if (!handler.channel().isActive()) {
      // It broke during the handshake, when this was not yet there to hear of it.
      closed.accept(this);
      return;
    }
    if (closing != null) {
      say(handler, closing);
      return;
    }
    schedulePing();
    following.resume();
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean write(List<ByteBuffer> messages) throws IOException {
    ChannelHandlerContext handler = context;
    if (handler == null || closing != null) {
      return false;
    }
    if (!handler.channel().isActive()) {
      throw new IOException("the connection is gone");
    }
    for (ByteBuffer message : messages) {
      handler.write(Unpooled.wrappedBuffer(message), handler.voidPromise());
    }
    handler.flush();
    return handler.channel().isWritable();
  }

  @Override
  public void end(CloseReason reason) {
    if (eventLoop.inEventLoop()) {
      close(reason);
    } else {
      eventLoop.execute(() -> close(reason));
    }
  }

  /** The handshake failed: there is nothing to open. */
  void abandon() {
    closing = CloseReason.DEAD;
    closed.accept(this);
  }

  /** Ends the connection after a while; never waits. */
  void endAfter(CloseReason reason, Duration delay) {
    eventLoop.schedule(() -> close(reason), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext handler) {
    if (!handler.channel().isWritable()) {
      heldUpFrom = System.nanoTime();
      isBusy = true;
      return;
    }
    // A socket with room takes anything, whether or not somebody is there; only one that was full and moves on proves it.
    if (isHeldUp()) {
      isSilent = false;
    }
    isBusy = false;
    if (subscription != null) {
      subscription.resume();
    }
    resumeReading(handler);
  }

  @Override
  public void channelRead(ChannelHandlerContext handler, Object message) {
    try {
      // What is left of the HTTP request arrives here too, as something that is no ByteBuf.
      if (message instanceof ByteBuf bytes) {
        isSilent = false;
        if (closing == null || closing == CloseReason.GOING_AWAY) {
          input.read(handler, bytes, this);
        }
      }
    } catch (ProtocolViolation e) {
      violated(e);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void resumeReading(ChannelHandlerContext handler) {
    try {
      input.resume(handler, this);
    } catch (ProtocolViolation e) {
      violated(e);
    }
  }

  private void violated(ProtocolViolation violation) {
    log.debug("connection {} on {}: {}", id, path, violation.getMessage());
    close(violation.reason());
  }

  @Override
  public void ping(byte[] payload) {
    ChannelHandlerContext handler = context;
    if (handler == null || closing != null) {
      return;
    }
    // Where there are replies, pings wait behind them instead.
    if (endpoint.receiver() == null && pending(handler) > MOST_PENDING_BYTES) {
      close(CloseReason.TOO_SLOW);
      return;
    }
    handler.writeAndFlush(controlFrame(handler, PONG_HEADER, payload), handler.voidPromise());
  }

  @Override
  public void message(boolean isText, byte[] payload) {
    Receiver receiver = endpoint.receiver();
    if (receiver != null) {
      receiver.received(this::reply, isText, payload);
    }
  }

  private void reply(boolean isText, byte[] payload) {
    ChannelHandlerContext handler = context;
    if (handler != null && closing == null) {
      handler.writeAndFlush(ReplyFrame.of(isText, payload, replyLevel), handler.voidPromise());
    }
  }

  @Override
  public boolean isFull() {
    return endpoint.receiver() != null && context != null && pending(context) > MOST_REPLY_BYTES;
  }

  @Override
  public void closed() {
    if (closing == null) {
      close(CloseReason.NORMAL);
    }
    // Both have said it: RFC 6455, section 7.1.1, lets the server close the connection first.
    if (context != null) {
      context.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(_ -> disconnect(false));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext handler) {
    input.close();
    closed.accept(this);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("connection {} on {} broke: {}", id, path, cause.toString());
    } else {
      log.error("connection {} on {} failed", id, path, cause);
    }
    handler.close();
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext handler, Object event) {
    // The events of Vert.x and TLS are nothing to a WebSocket of ours.
    ReferenceCountUtil.release(event);
  }

  /** Says why, lets what was begun go out, and waits a little for the client to say the same. */
  private void close(CloseReason reason) {
    ChannelHandlerContext handler = context;
    if (closing != null) {
      return;
    }
    closing = reason;
    endpoint.disconnect().accept(this);
    if (handler != null) {
      say(handler, reason);
    }
  }

  private void say(ChannelHandlerContext handler, CloseReason reason) {
    byte[] text = reason.text().getBytes(StandardCharsets.US_ASCII);
    byte[] payload = ByteBuffer.allocate(2 + text.length).putShort((short) reason.code()).put(text).array();
    handler.writeAndFlush(controlFrame(handler, CLOSE_HEADER, payload), handler.voidPromise());
    // A client that does not read never gets the code: a reset gives the kernel its memory back at once.
    eventLoop.schedule(() -> disconnect(pending(handler) > 0), times.closeGrace().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void disconnect(boolean reset) {
    if (context != null && context.channel().isOpen()) {
      if (reset) {
        context.channel().config().setOption(ChannelOption.SO_LINGER, 0);
      }
      context.close();
    }
  }

  private void schedulePing() {
    eventLoop.schedule(this::sendPing, times.pingInterval().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void sendPing() {
    ChannelHandlerContext handler = context;
    if (handler == null || closing != null || !handler.channel().isActive()) {
      return;
    }
    pendingAtPing = pending(handler);
    progressAtPing = progress(handler);
    heldUpAtPing = isHeldUp();
    isSilent = true;
    // A full socket gets no ping on top: whether its writes move on is the sign of life then.
    if (!heldUpAtPing) {
      handler.writeAndFlush(controlFrame(handler, PING_HEADER, new byte[0]), handler.voidPromise());
    }
    eventLoop.schedule(this::checkLife, times.pongDeadline().toMillis(), TimeUnit.MILLISECONDS);
  }

  private void checkLife() {
    ChannelHandlerContext handler = context;
    if (handler == null || closing != null || !handler.channel().isActive()) {
      return;
    }
    boolean heldUpWriteMoved = heldUpAtPing
        && (pending(handler) < pendingAtPing || progress(handler) != progressAtPing);
    if (isSilent && !heldUpWriteMoved) {
      close(CloseReason.DEAD);
    } else {
      eventLoop.schedule(this::sendPing, times.pingInterval().minus(times.pongDeadline()).toMillis(),
          TimeUnit.MILLISECONDS);
    }
  }

  private boolean isHeldUp() {
    return isBusy && System.nanoTime() - heldUpFrom >= HELD_UP.toNanos();
  }

  private static long pending(ChannelHandlerContext handler) {
    ChannelOutboundBuffer buffer = handler.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.totalPendingWriteBytes();
  }

  private static long progress(ChannelHandlerContext handler) {
    ChannelOutboundBuffer buffer = handler.channel().unsafe().outboundBuffer();
    return buffer == null ? 0 : buffer.currentProgress();
  }

  private static ByteBuf controlFrame(ChannelHandlerContext handler, int header, byte[] payload) {
    return handler.alloc().buffer(2 + payload.length).writeByte(header).writeByte(payload.length).writeBytes(payload);
  }
}
