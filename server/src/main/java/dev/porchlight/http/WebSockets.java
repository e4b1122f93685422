package dev.porchlight.http;

import dev.porchlight.engine.CloseReason;
import dev.porchlight.live.Feed;
import dev.porchlight.live.FeedRequest;
import dev.porchlight.live.FeedRequestException;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoop;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.internal.ContextInternal;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.net.NetSocket;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The paths under {@code /ws/}, and others that have an endpoint: checks the handshake, takes the channel from Vert.x
 * with the 101, and keeps account of the connections. Thread-safe.
 */
final class WebSockets {
  private static final Logger log = LoggerFactory.getLogger(WebSockets.class);
  private static final String PREFIX = "/ws/";
  private static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  private static final String V1 = "porchlight.v1";
  private static final String RETRY_SECONDS = "5";

  private final Map<String, WebSocketEndpoint> endpoints;
  private final ConnectionLimits limits;
  private final ConnectionIds ids;
  private final Loops loops;
  private final WebSocketTimes times;
  private final Replays replays;
  private final int compressionLevel;
  private final MeterRegistry meters;
  private final Set<WebSocketConnection> open = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /** Nothing is compressed with a {@code compressionLevel} of 0. */
  WebSockets(Map<String, WebSocketEndpoint> endpoints, ConnectionLimits limits, ConnectionIds ids, Loops loops,
      WebSocketTimes times, Replays replays, int compressionLevel, MeterRegistry meters) {
    this.endpoints = Map.copyOf(endpoints);
    this.limits = limits;
    this.ids = ids;
    this.loops = loops;
    this.times = times;
    this.replays = replays;
    this.compressionLevel = compressionLevel;
    this.meters = meters;
    meters.gaugeCollectionSize("porchlight.websocket.connections", Tags.empty(), open);
  }

  /** True when a request for this path is one for a WebSocket, or for none at all. */
  boolean serves(@Nullable String path) {
    return path != null && (path.startsWith(PREFIX) || endpoints.containsKey(path));
  }

  /** What is wrong with this request as a handshake; empty when nothing is. */
  Optional<Problem> check(HttpServerRequest request) {
    if (!endpoints.containsKey(request.path())) {
      return Optional.of(new Problem(404, "there is no " + request.path() + "; there are "
          + String.join(" and ", endpoints.keySet().stream().sorted().toList())));
    }
    if (!request.method().equals(HttpMethod.GET) || request.version() != HttpVersion.HTTP_1_1) {
      return Optional.of(new Problem(405, "a WebSocket opens with GET and HTTP/1.1", Map.of("Allow", "GET")));
    }
    Optional<Problem> handshake = Handshake.check(request.headers());
    if (handshake.isPresent()) {
      return handshake;
    }
    return Optional.empty();
  }

  /** Opens a connection whose handshake is good; returns the problem when what it asks for, or a place, is not to be had. */
  Optional<Problem> accept(HttpServerRequest request) {
    SocketAddress remote = request.remoteAddress();
    if (remote == null) {
      // The client has left between its request and now; there is nobody to answer.
      request.connection().close();
      return Optional.empty();
    }
    // One string for all connections of an endpoint, of which there are few.
    String path = Objects.requireNonNull(request.path()).intern();
    WebSocketEndpoint endpoint = Objects.requireNonNull(endpoints.get(path));
    boolean offersV1 = Handshake.offers(request.headers(), V1);
    FeedRequest wish;
    try {
      Feed feed = endpoint.feed();
      wish = feed == null ? null : feed.webSocket(Query.of(request), offersV1);
    } catch (FeedRequestException e) {
      return Optional.of(new Problem(400, String.valueOf(e.getMessage())));
    } catch (ProblemException e) {
      return Optional.of(e.problem());
    }
    InetAddress address = ClientAddress.of(remote);
    if (stopping || !limits.enter(address)) {
      return Optional.of(new Problem(503, stopping ? "the server is stopping" : "too many connections",
          Map.of("Retry-After", RETRY_SECONDS)));
    }
    open(request, path, endpoint, wish, offersV1, address);
    return Optional.empty();
  }

  private void open(HttpServerRequest request, String path, WebSocketEndpoint endpoint, @Nullable FeedRequest wish,
      boolean offersV1, InetAddress address) {
    EventLoop eventLoop = ((ContextInternal) Objects.requireNonNull(Vertx.currentContext())).nettyEventLoop();
    Optional<String> compression = compressionLevel == 0
        ? Optional.empty()
        : PerMessageDeflate.answer(request.headers().getAll(EXTENSIONS));
    var connection = new WebSocketConnection(ids.next(), path, eventLoop, loops.of(eventLoop), times, endpoint,
        compression.isPresent(), compressionLevel, ended -> left(ended, address));
    open.add(connection);
    if (stopping) {
      connection.endAfter(CloseReason.GOING_AWAY, Duration.ZERO);
    }
    // The cursor is taken before the 101 goes out: whatever is broadcast once the client has that, reaches it.
    Delivery delivery = follow(connection, endpoint.feed(), wish, compression.isPresent(), eventLoop);
    request.response()
        .putHeader("Upgrade", "websocket")
        .putHeader("Connection", "Upgrade")
        .putHeader("Sec-WebSocket-Accept",
            Handshake.accept(Objects.requireNonNull(request.getHeader("Sec-WebSocket-Key"))));
    compression.ifPresent(answer -> request.response().putHeader(EXTENSIONS, answer));
    if (offersV1 && wish != null) {
      request.response().putHeader("Sec-WebSocket-Protocol", V1);
    }
    request.toNetSocket().onComplete(taken -> {
      if (taken.succeeded()) {
        takeOver(taken.result(), connection, delivery);
      } else {
        log.debug("connection {}: the upgrade failed: {}", connection.id(), taken.cause().toString());
        connection.abandon();
      }
    });
  }

  private @Nullable Delivery follow(WebSocketConnection connection, @Nullable Feed feed, @Nullable FeedRequest wish,
      boolean deflate, EventLoop eventLoop) {
    return feed == null || wish == null
        ? null
        : new Delivery(feed, feed.open(connection, wish, deflate, Long.toString(connection.id())), replays,
            eventLoop, times.heartbeat(), connection);
  }

  /** Refuses new connections and closes the open ones with 1001, spread over {@code spread}. */
  void stop(Duration spread) {
    stopping = true;
    long millis = Math.max(1, spread.toMillis());
    for (WebSocketConnection connection : open) {
      long delay = open.size() == 1 ? 0 : ThreadLocalRandom.current().nextLong(millis);
      connection.endAfter(CloseReason.GOING_AWAY, Duration.ofMillis(delay));
    }
  }

  /** True when every connection has ended. */
  boolean isEmpty() {
    return open.isEmpty();
  }

  /** Puts our handler in the place of Vert.x's. Its HTTP handlers have gone with the 101. */
  private static void takeOver(NetSocket socket, WebSocketConnection connection, @Nullable Delivery delivery) {
    ChannelHandlerContext vertx = ((NetSocketInternal) socket).channelHandlerContext();
    ChannelPipeline pipeline = vertx.pipeline();
    pipeline.replace(vertx.name(), "ws", connection);
    if (pipeline.get("idle") != null) {
      pipeline.remove("idle");
    }
    connection.open(pipeline.context(connection), delivery);
  }

  private void left(WebSocketConnection connection, InetAddress address) {
    if (open.remove(connection)) {
      limits.leave(address);
      CloseReason reason = connection.closeReason();
      String code = reason == null ? "none" : Integer.toString(reason.code());
      meters.counter("porchlight.websocket.disconnects", "path", connection.path(), "code", code).increment();
    }
  }
}
