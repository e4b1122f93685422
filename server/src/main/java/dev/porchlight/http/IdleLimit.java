package dev.porchlight.http;

import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.HttpContent;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.HttpStatusClass;
import io.netty.handler.codec.http.LastHttpContent;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes an HTTP connection whose client is idle or too slow for the length of the limit:
 *
 * <ul>
 * <li>no complete request head since the connection opened or the last response ended, whatever bytes of it trickled in;
 * <li>fewer than {@link #LEAST_OF_BODY} bytes of a request body;
 * <li>a response is waiting to be sent and the client has read nothing of it.
 * </ul>
 *
 * There is no limit while the server works on a response. Confined to the event loop; belongs between Netty's codec and the
 * request handler.
 */
final class IdleLimit extends ChannelDuplexHandler {
  /** Its name in a pipeline. */
  static final String NAME = "idle";

  /** Least number of body bytes within the limit, unless the body ends. */
  static final int LEAST_OF_BODY = 16 * 1024;

  /** Checks per limit: a connection is closed at most a fifth of the limit too late. */
  private static final int LOOKS = 5;

  private final long limitNanos;
  private @Nullable Future<?> nextLook;
  private boolean isReceiving;
  /** Requests whose head was received and whose response is not yet written to its end. */
  private int unanswered;
  private long received;
  private long quietSince;
  private long pending;
  private long progress;

  IdleLimit(Duration limit) {
    this.limitNanos = limit.toNanos();
  }

  @Override
  public void handlerAdded(ChannelHandlerContext context) {
    moved(context);
    lookLater(context);
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext context) {
    stop();
  }

  @Override
  public void channelInactive(ChannelHandlerContext context) throws Exception {
    stop();
    super.channelInactive(context);
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
    if (message instanceof HttpRequest) {
      unanswered++;
      isReceiving = true;
      received = 0;
      moved(context);
    }
    if (message instanceof HttpContent content) {
      received += content.content().readableBytes();
      if (received >= LEAST_OF_BODY) {
        received = 0;
        moved(context);
      }
    }
    if (message instanceof LastHttpContent) {
      isReceiving = false;
      moved(context);
    }
    super.channelRead(context, message);
  }

  @Override
  public void write(ChannelHandlerContext context, Object message, ChannelPromise promise) throws Exception {
    boolean isInterim = message instanceof HttpResponse response
        && response.status().codeClass() == HttpStatusClass.INFORMATIONAL;
    if (message instanceof LastHttpContent && !isInterim) {
      unanswered--;
      moved(context);
    }
    super.write(context, message, promise);
  }

  private void look(ChannelHandlerContext context) {
    if (isMoving(context)) {
      moved(context);
    }
    if (now(context) - quietSince >= limitNanos) {
      ChannelFuture _ = context.close();
    } else {
      lookLater(context);
    }
  }

  private boolean isMoving(ChannelHandlerContext context) {
    ChannelOutboundBuffer out = context.channel().unsafe().outboundBuffer();
    long pendingNow = out == null ? 0 : out.totalPendingWriteBytes();
    long progressNow = out == null ? 0 : out.currentProgress();
    boolean isTaken = pendingNow < pending || progressNow != progress;
    pending = pendingNow;
    progress = progressNow;
    if (isReceiving) {
      // The server has paused reading because its disk is slow: the client is not late.
      return !context.channel().config().isAutoRead();
    }
    return pendingNow > 0 ? isTaken : unanswered > 0;
  }

  private void moved(ChannelHandlerContext context) {
    quietSince = now(context);
  }

  private void lookLater(ChannelHandlerContext context) {
    nextLook = context.executor().schedule(() -> look(context), limitNanos / LOOKS, TimeUnit.NANOSECONDS);
  }

  private void stop() {
    if (nextLook != null) {
      boolean _ = nextLook.cancel(false);
    }
  }

  private static long now(ChannelHandlerContext context) {
    return context.executor().ticker().nanoTime();
  }
}
