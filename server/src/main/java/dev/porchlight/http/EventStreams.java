package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.live.Feed;
import dev.porchlight.live.FeedRequest;
import dev.porchlight.live.FeedRequestException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** The feeds as server-sent events, for clients without WebSocket, and the account of who follows. Thread-safe. */
final class EventStreams {
  private static final String RETRY_SECONDS = "5";

  private final Map<String, Feed> feeds;
  private final ConnectionLimits limits;
  private final ConnectionIds ids;
  private final Loops loops;
  private final WebSocketTimes times;
  private final Replays replays;
  private final MeterRegistry meters;
  private final Set<EventStreamConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  EventStreams(Map<String, Feed> feeds, ConnectionLimits limits, ConnectionIds ids, Loops loops, WebSocketTimes times,
      Replays replays, MeterRegistry meters) {
    this.feeds = Map.copyOf(feeds);
    this.limits = limits;
    this.ids = ids;
    this.loops = loops;
    this.times = times;
    this.replays = replays;
    this.meters = meters;
    meters.gaugeCollectionSize("porchlight.eventstream.connections", Tags.empty(), open);
  }

  /** True when this path is one of a stream. */
  boolean serves(@Nullable String path) {
    return path != null && feeds.containsKey(path);
  }

  /** Opens a stream; returns the problem when it cannot. */
  Optional<Problem> accept(HttpServerRequest request) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      return Optional.of(new Problem(405, request.method() + " is not for " + request.path(),
          Map.of("Allow", "GET, HEAD")));
    }
    SocketAddress remote = request.remoteAddress();
    if (remote == null) {
      request.connection().close();
      return Optional.empty();
    }
    String path = Objects.requireNonNull(request.path());
    Feed feed = Objects.requireNonNull(feeds.get(path));
    FeedRequest wish;
    try {
      wish = feed.eventStream(Query.of(request), request.getHeader("Last-Event-ID"));
    } catch (FeedRequestException e) {
      return Optional.of(new Problem(400, String.valueOf(e.getMessage())));
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
    HttpServerResponse response = request.response()
        .putHeader("Content-Type", "text/event-stream")
        .putHeader("Cache-Control", "no-store")
        .putHeader("X-Accel-Buffering", "no");
    if (request.method().equals(HttpMethod.HEAD)) {
      var _ = response.end();
      return Optional.empty();
    }
    InetAddress address = ClientAddress.of(remote);
    if (stopping || !limits.enter(address)) {
      return Optional.of(new Problem(503, stopping ? "the server is stopping" : "too many connections",
          Map.of("Retry-After", RETRY_SECONDS)));
    }
    open(request, response, path, feed, wish, address);
    return Optional.empty();
  }

  /** Refuses new streams and ends the open ones, spread over {@code spread}. */
  void stop(Duration spread) {
    stopping = true;
    long millis = Math.max(1, spread.toMillis());
    for (EventStreamConnection connection : open) {
      connection.endAfter(CloseReason.GOING_AWAY, Duration.ofMillis(ThreadLocalRandom.current().nextLong(millis)));
    }
  }

  /** True when every stream has ended. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  private void open(HttpServerRequest request, HttpServerResponse response, String path, Feed feed, FeedRequest wish,
      InetAddress address) {
    EventLoop eventLoop = ((ContextInternal) Objects.requireNonNull(Vertx.currentContext())).nettyEventLoop();
    String id = Long.toString(ids.next());
    var connection = new EventStreamConnection("stream " + id + " of " + path,
        ((HttpServerConnection) request.connection()).channelHandlerContext().channel(), response, eventLoop,
        loops.of(eventLoop), times.closeGrace());
    open.add(connection);
    response.setChunked(true);
    response.closeHandler(_ -> left(connection, path, feed, address));
    response.endHandler(_ -> left(connection, path, feed, address));
    if (stopping) {
      connection.endAfter(CloseReason.GOING_AWAY, Duration.ZERO);
    }
    // As with WebSockets, the cursor is taken before the head of the response goes out.
    var delivery = new Delivery(feed, feed.open(connection, wish, false, id), replays, eventLoop, times.heartbeat(),
        connection);
    connection.open(delivery);
  }

  private void left(EventStreamConnection connection, String path, Feed feed, InetAddress address) {
    if (open.remove(connection)) {
      connection.stop();
      feed.close(connection);
      limits.leave(address);
      CloseReason reason = connection.closeReason();
      String code = reason == null ? "none" : Integer.toString(reason.code());
      meters.counter("porchlight.eventstream.disconnects", "path", path, "code", code).increment();
    }
  }
}
