package dev.porchlight.http;

import dev.porchlight.engine.Block;
import dev.porchlight.engine.CloseReason;
import dev.porchlight.engine.Loop;
import dev.porchlight.engine.Sink;
import dev.porchlight.http.Loops.NettyLoop;
import dev.porchlight.http.NettyMemory.NettyBlock;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.unix.FileDescriptor;
import io.netty.channel.unix.UnixChannel;
import io.netty.util.ReferenceCountUtil;
import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
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
final class WebSocketConnection extends ChannelInboundHandlerAdapter
    implements
      Sink,
      ClientFrames.Listener,
      Delivery.Line,
      Liveness.Patient,
      SendBatch.Sender {
  private static final Logger log = LoggerFactory.getLogger(WebSocketConnection.class);
  /** A client that is not read from, because its replies wait, is read from again once they are written. */
  private static final WriteBufferWaterMark REPLIES = new WriteBufferWaterMark(1, 1);
  /** The heartbeats of a client that answers each ping may not fill our memory while it reads nothing. */
  private static final long MOST_PENDING_BYTES = 256 * 1024;

  /** A client of a receiver is not read from while more of its replies is pending; one message may go beyond. */
  private static final long MOST_REPLY_BYTES = 1024 * 1024;

  private final long id;
  private final String path;
  private final EventLoop eventLoop;
  private final NettyLoop loop;
  private final WebSocketTimes times;
  private final WebSocketEndpoint endpoint;
  private final int replyLevel;
  private final ClientInput input;
  private final Liveness liveness;
  private final Consumer<WebSocketConnection> closed;
  private @Nullable ChannelHandlerContext context;
  private @Nullable Delivery delivery;
  private @Nullable WriteEnd writeEnd;
  private @Nullable WriteEnd controlEnd;
  /** The socket, once frames may go to it past the pipeline. */
  private @Nullable FileDescriptor socket;
  /** Writes through the pipeline that are not done: of the delivery, and of control frames. */
  private int writing;
  private int controls;
  private boolean isSending;
  /** Frames are in the batch of the loop. */
  private boolean isInBatch;
  /** More is to be sent when it is this connection's turn. */
  private boolean isWaiting;
  private long sent;
  private @Nullable CloseReason closing;

  /**
   * A connection that is not open yet: {@link #open} follows the handshake.
   *
   * @param path             for the log
   * @param loop             equal for all connections of {@code eventLoop}
   * @param endpoint         what the client follows, and who hears what it says
   * @param deflate          whether both sides may compress their messages
   * @param compressionLevel for replies, if they may
   * @param closed           hears of the end
   */
  WebSocketConnection(long id, String path, EventLoop eventLoop, NettyLoop loop, WebSocketTimes times,
      WebSocketEndpoint endpoint, boolean deflate, int compressionLevel, Consumer<WebSocketConnection> closed) {
    this.id = id;
    this.path = path;
    this.eventLoop = eventLoop;
    this.loop = loop;
    this.times = times;
    this.endpoint = endpoint;
    this.replyLevel = deflate ? compressionLevel : 0;
    this.input = new ClientInput(new ClientFrames(endpoint.messageLimit(), deflate, endpoint.receiver() != null));
    this.liveness = new Liveness(times, eventLoop, this);
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

  /**
   * The handshake is done: from here on frames may be written.
   *
   * @param following what is to be sent; null when the endpoint has no feed
   */
  void open(ChannelHandlerContext handler, @Nullable Delivery following) {
    context = handler;
    delivery = following;
    if (endpoint.receiver() != null) {
      handler.channel().config().setWriteBufferWaterMark(REPLIES);
    }
    if (!handler.channel().isActive()) {
      // It broke during the handshake, when this was not yet there to hear of it.
      ended();
      return;
    }
    KernelBuffers.keepSmall(handler.channel());
    if (closing != null) {
      say(handler, closing);
      return;
    }
    liveness.start();
    if (following != null) {
      following.start();
    }
  }

  @Override
  public Loop loop() {
    return loop;
  }

  @Override
  public boolean write(Block block, int from, int to) throws IOException {
    ChannelHandlerContext handler = context;
    Delivery following = delivery;
    if (handler == null || following == null || closing != null) {
      block.release();
      return false;
    }
    FileDescriptor open = socket;
    SendBatch batch = loop.batch();
    if (open != null && batch != null && writing == 0 && controls == 0 && open.isOpen()
        && block instanceof NettyBlock netty) {
      batch.add(this, open.intValue(), netty, from, to);
      isInBatch = true;
      return false;
    }
    if (!handler.channel().isActive()) {
      block.release();
      throw new IOException("the connection is gone");
    }
    return following.write(block, from, to);
  }

  @Override
  public boolean sent(NettyBlock block, int from, int to, int taken) {
    isInBatch = false;
    Delivery following = Objects.requireNonNull(delivery);
    int done = Math.max(0, taken);
    sent += done;
    if (from + done == to) {
      block.release();
      return tell(following);
    }
    // The socket is full or broken: the pipeline waits for room, or finds out what is the matter.
    return following.write(block, from + done, to) && tell(following);
  }

  /** True when there is more and nobody waits for its turn yet. */
  private boolean tell(Delivery following) {
    boolean isFirst = following.sent() && !isWaiting;
    isWaiting |= isFirst;
    return isFirst;
  }

  @Override
  public void goOn() {
    isWaiting = false;
    if (writing == 0 && closing == null && delivery != null) {
      delivery.ready();
    }
  }

  @Override
  public void failed(Throwable cause) {
    isInBatch = false;
    try {
      log.error("connection {} on {} failed", id, path, cause);
      stopFollowing();
    } finally {
      disconnect(true);
    }
  }

  @Override
  public boolean send(ByteBuf bytes) {
    ChannelHandlerContext handler = context;
    if (handler == null || closing != null) {
      bytes.release();
      return false;
    }
    settle();
    sent += bytes.readableBytes();
    writing++;
    isSending = true;
    handler.writeAndFlush(bytes, writeEnd(handler));
    isSending = false;
    return writing == 0;
  }

  private ChannelPromise writeEnd(ChannelHandlerContext handler) {
    WriteEnd known = writeEnd;
    if (known == null) {
      known = new WriteEnd(handler.channel(), this::written);
      writeEnd = known;
    }
    return known;
  }

  /** A write has ended, well or with the connection. */
  private void written() {
    if (--writing > 0) {
      return;
    }
    if (socket == null && context != null) {
      socket = directSocket(context.channel());
    }
    if (!isSending && delivery != null && closing == null) {
      delivery.ready();
    }
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
    ended();
  }

  /** Ends the connection after a while; never waits. */
  void endAfter(CloseReason reason, Duration delay) {
    eventLoop.schedule(() -> close(reason), delay.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext handler) {
    if (handler.channel().isWritable()) {
      resumeReading(handler);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext handler, Object message) {
    try {
      // What is left of the HTTP request arrives here too, as something that is no ByteBuf.
      if (message instanceof ByteBuf bytes) {
        liveness.heard();
        // After our own close frame too, for the client's; after that one nothing counts.
        if (closing != CloseReason.NORMAL) {
          input.read(handler, bytes, this);
        }
      }
    } catch (ProtocolViolation e) {
      violated(handler, e);
    } finally {
      ReferenceCountUtil.release(message);
    }
  }

  private void resumeReading(ChannelHandlerContext handler) {
    try {
      input.resume(handler, this);
    } catch (ProtocolViolation e) {
      violated(handler, e);
    }
  }

  private void violated(ChannelHandlerContext handler, ProtocolViolation violation) {
    log.debug("connection {} on {}: {}", id, path, violation.getMessage());
    close(violation.reason());
    // RFC 6455, section 7.1.7: what comes from here on is not looked at, and so the client's close frame is not seen. Our side ends
    // behind the code. A close now could turn into a reset that overtakes it; there is none while what still comes is read.
    Outbound.afterWrites(handler, () -> Outbound.end(handler));
  }

  @Override
  public void ping(byte[] payload) {
    ChannelHandlerContext handler = context;
    if (handler == null || closing != null) {
      return;
    }
    // Where there are replies, pings wait behind them instead.
    if (endpoint.receiver() == null && Outbound.pending(context) > MOST_PENDING_BYTES) {
      close(CloseReason.TOO_SLOW);
      return;
    }
    sendControl(handler, ControlFrame.pong(payload));
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
    return endpoint.receiver() != null && Outbound.pending(context) > MOST_REPLY_BYTES;
  }

  @Override
  public void closed() {
    if (closing == null) {
      close(CloseReason.NORMAL);
    }
    // Both have said it: RFC 6455, section 7.1.1, lets the server close the connection first.
    if (context != null) {
      Outbound.afterWrites(context, () -> disconnect(false));
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext handler) {
    input.close();
    ended();
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext handler, Throwable cause) {
    if (cause instanceof IOException) {
      log.debug("connection {} on {} broke: {}", id, path, cause.toString());
    } else {
      log.error("connection {} on {} failed", id, path, cause);
    }
    disconnect(false);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext handler, Object event) {
    // The events of Vert.x and TLS are nothing to a WebSocket of ours.
    ReferenceCountUtil.release(event);
  }

  /** Says why, lets what was begun go out, and waits a little for the client to say the same. */
  @Override
  public void close(CloseReason reason) {
    ChannelHandlerContext handler = context;
    if (closing != null || (handler != null && !handler.channel().isActive())) {
      // It has broken, and nobody can be told why: what is counted is that it ended without a word.
      return;
    }
    settle();
    closing = reason;
    stopFollowing();
    if (handler != null) {
      say(handler, reason);
    }
  }

  private void say(ChannelHandlerContext handler, CloseReason reason) {
    // First: if the frame cannot even be made, the connection ends all the same.
    eventLoop.schedule(this::giveUp, times.closeGrace().toMillis(), TimeUnit.MILLISECONDS);
    sendControl(handler, ControlFrame.close(reason));
  }

  /** A client that does not read never gets the code: a reset gives the kernel its memory back at once. */
  private void giveUp() {
    disconnect(Outbound.pending(context) > 0);
  }

  private void disconnect(boolean reset) {
    // The descriptor may belong to somebody else as soon as it is closed.
    settle();
    if (context != null) {
      Outbound.close(context, reset);
    }
  }

  @Override
  public boolean isWriting() {
    return Outbound.pending(context) > 0;
  }

  @Override
  public long taken() {
    return sent - Outbound.untaken(context);
  }

  @Override
  public boolean isOpen() {
    return closing == null && context != null && context.channel().isActive();
  }

  @Override
  public void sendPing() {
    ChannelHandlerContext handler = context;
    if (handler != null) {
      sendControl(handler, ControlFrame.PING);
    }
  }

  @Override
  public void dead() {
    close(CloseReason.DEAD);
  }

  @Override
  public String toString() {
    return "connection " + id + " on " + path;
  }

  private void stopFollowing() {
    if (endpoint.feed() != null) {
      endpoint.feed().close(this);
    }
    if (delivery != null) {
      delivery.stop();
    }
  }

  private void ended() {
    liveness.stop();
    stopFollowing();
    closed.accept(this);
  }

  private void sendControl(ChannelHandlerContext handler, ControlFrame frame) {
    settle();
    try {
      WriteEnd known = controlEnd;
      if (known == null) {
        known = new WriteEnd(handler.channel(), () -> controls--);
        controlEnd = known;
      }
      ByteBuf bytes = frame.encode(handler.alloc());
      controls++;
      handler.writeAndFlush(bytes, known);
    } catch (Throwable e) {
      // Memory outside the heap may run out, and does so with an error: this connection ends, and nobody else hears of it.
      failed(e);
    }
  }

  /** What is in the batch goes out first: bytes of two ways to a socket may not be mixed. */
  private void settle() {
    SendBatch batch = loop.batch();
    if (isInBatch && batch != null) {
      batch.flushNow();
    }
  }

  /** Where frames may go past the pipeline, as soon as all that was in it is written; null when they may not. */
  private @Nullable FileDescriptor directSocket(Channel channel) {
    // With TLS there is a handler before this one.
    boolean isPlain = channel.pipeline().first() == this;
    return isPlain && endpoint.receiver() == null && channel instanceof UnixChannel unix ? unix.fd() : null;
  }
}
