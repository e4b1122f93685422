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
 * Ends HTTP connections on which the client does nothing, or too little, for a while. Between requests and in a request's
 * head that is a while without a whole head, however its bytes trickle; in a body, less than {@link #LEAST_OF_BODY}; while
 * an answer waits to be taken, none of it taken. While the server works on an answer there is no limit. Confined to the
 * event loop; it goes between Netty's codec and the handler of requests.
 */
final class IdleLimit extends ChannelDuplexHandler {
  /** Its name in a pipeline. */
  static final String NAME = "idle";

  /** Bytes of a body that must come within the limit, unless it ends. */
  static final int LEAST_OF_BODY = 16 * 1024;

  /** Looks in each limit: a connection is ended within a fifth of the limit after it. */
  private static final int LOOKS = 5;

  private final long limitNanos;
  private @Nullable Future<?> nextLook;
  private boolean isReceiving;
  /** Requests whose head has come and whose answer has not been written to its end. */
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
      // A body that the server does not read from just now, because its disk is slow, is not late.
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
