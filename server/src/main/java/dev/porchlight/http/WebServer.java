package dev.porchlight.http;

import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.impl.HttpServerConnection;
import io.vertx.core.transport.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The web server: one port for the page, REST and the channels. Every request passes the {@link Guard} first.
 * Thread-safe.
 */
public final class WebServer implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WebServer.class);
  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final Set<String> READING = Set.of("GET", "HEAD");
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final Duration CLOSE_SPREAD = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
  private static final Map<String, String> SECURITY_HEADERS = Map.of("X-Content-Type-Options", "nosniff",
      "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer", "Cross-Origin-Resource-Policy", "same-origin",
      "Content-Security-Policy", "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'");

  private final HttpConfig config;
  private final Guard guard;
  private final Vertx vertx;
  private final Loops loops;
  private final WebSockets webSockets;
  private final EventStreams streams;
  private final RestHandler rest;
  private final HttpServer server;
  private final Transport transport;
  private volatile boolean closed;

  /**
   * Makes a server that does not listen yet.
   *
   * @param address   to bind to; loopback
   * @param endpoints by path: {@code /ws/events}; what lies below {@code /ws/} and has none is answered with 404
   * @param streams   feeds as server-sent events, by path: {@code /api/stream/events}
   */
  public WebServer(HttpConfig config, InetAddress address, Map<String, WebSocketEndpoint> endpoints,
      Map<String, Feed> streams, MeterRegistry meters) {
    this(config, address, endpoints, streams, meters, WebSocketTimes.STANDARD, IDLE);
  }

  WebServer(HttpConfig config, InetAddress address, Map<String, WebSocketEndpoint> endpoints,
      Map<String, Feed> streams, MeterRegistry meters, WebSocketTimes times) {
    this(config, address, endpoints, streams, meters, times, IDLE);
  }

  WebServer(HttpConfig config, InetAddress address, Map<String, WebSocketEndpoint> endpoints,
      Map<String, Feed> streams, MeterRegistry meters, WebSocketTimes times, Duration idle) {
    this.config = config;
    this.guard = new Guard(config.host(), address);
    this.transport = Transports.of(config.transport());
    this.vertx = Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1)
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(4)
            // Else it looks for files on the class path, and makes a folder for those in the temporary one.
            .setFileSystemOptions(
                new FileSystemOptions().setClassPathResolvingEnabled(false).setFileCachingEnabled(false))
            .setDisableTCCL(true))
        .withTransport(transport)
        .build();
    var limits = new ConnectionLimits(config.maxConnections(), config.maxPerAddress());
    var ids = new ConnectionIds();
    this.loops = new Loops(transport.name());
    var replays = new Replays(meters);
    this.webSockets = new WebSockets(endpoints, limits, ids, loops, times, replays, config.compressionLevel(), meters);
    this.streams = new EventStreams(streams, limits, ids, loops, times, replays, meters);
    this.rest = new RestHandler(vertx);
    this.server = vertx.createHttpServer(new HttpServerOptions().setHost(address.getHostAddress())
        .setPort(config.port())
        .setTcpNoDelay(true)
        .setAcceptBacklog(4096)
        .setMaxHeaderSize(MOST_HEADER_BYTES)
        .setMaxFormFields(FormPicture.MOST_PARTS)
        .setMaxFormAttributeSize(FormPicture.MOST_BYTES_OF_FIELD)
        .setMaxFormBufferedBytes(FormPicture.MOST_BYTES_OF_FIELD)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false));
    server.connectionHandler(connection -> limit(connection, idle));
    server.invalidRequestHandler(request -> RestHandler.refuse(request,
        new Problem(400, "this is not HTTP as the server understands it: " + causeOf(request))));
  }

  /**
   * Listens, and answers by these routes.
   *
   * @return the port
   * @throws IOException when the port cannot be had, or the program lacks its page
   */
  public int listen(Routes routes) throws IOException {
    var table = new RouteTable(routes);
    Page page = Page.load();
    server.requestHandler(request -> handle(request, table, page));
    try {
      await(server.listen());
    } catch (CompletionException e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      throw new IOException("cannot listen on " + config.host() + " port " + config.port() + ": " + cause.getMessage(),
          cause);
    }
    log.debug("sockets are served by {}", transport.name());
    return server.actualPort();
  }

  /** How sockets are served: {@code io_uring}, {@code epoll} or {@code nio}. */
  public String transport() {
    return transport.name();
  }

  /** Takes no pictures and no changes from here on; everything else goes on until {@link #close()}. */
  public void stopTaking() {
    rest.stopTaking();
  }

  /** True when the event loop answers within a second. */
  public boolean isAlive() {
    var answered = new CountDownLatch(1);
    vertx.runOnContext(_ -> answered.countDown());
    try {
      return answered.await(1, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Says goodbye to every client, 1001, spread over a second, and stops listening. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    webSockets.stop(CLOSE_SPREAD);
    streams.stop(CLOSE_SPREAD);
    long deadline = System.nanoTime() + CLOSE_LIMIT.toNanos();
    while ((!webSockets.isEmpty() || !streams.isEmpty()) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    rest.close();
    try {
      await(server.shutdown(1, TimeUnit.SECONDS));
    } finally {
      await(vertx.close());
      loops.close();
    }
  }

  private void handle(HttpServerRequest request, RouteTable routes, Page page) {
    boolean isChannel = webSockets.serves(request.path());
    if (!isChannel) {
      SECURITY_HEADERS.forEach(request.response()::putHeader);
    }
    Optional<Problem> problem;
    try {
      problem = guard.check(request.method(), isChannel, request.headers());
      if (problem.isEmpty() && isChannel) {
        problem = webSockets.check(request).or(() -> webSockets.accept(request));
      } else if (problem.isEmpty() && streams.serves(request.path())) {
        problem = streams.accept(request);
      } else if (problem.isEmpty()) {
        problem = answer(request, routes, page);
      }
    } catch (ProblemException e) {
      problem = Optional.of(e.problem());
    } catch (RuntimeException e) {
      problem = Optional.of(RestProblems.of(request, e));
    }
    problem.ifPresent(found -> RestHandler.refuse(request, found));
  }

  private static void limit(HttpConnection connection, Duration idle) {
    var handler = ((HttpServerConnection) connection).channelHandlerContext();
    handler.pipeline().addBefore(handler.name(), IdleLimit.NAME, new IdleLimit(idle));
  }

  /** Answers by a route or with a part of the page; returns the problem when there is neither. */
  private Optional<Problem> answer(HttpServerRequest incoming, RouteTable routes, Page page) {
    String path = Objects.requireNonNullElse(incoming.path(), "");
    String method = incoming.method().name();
    var client = new ClientPresence();
    Optional<RouteTable.Match> match = routes.find(method, path);
    if (match.isPresent()) {
      var request = new Request(path, match.get().parameters(), Query.parametersOf(incoming), incoming.headers(),
          client);
      rest.answer(incoming, request, match.get().route(), client);
      return Optional.empty();
    }
    if (page.serves(path) && READING.contains(method)) {
      var request = new Request(path, Map.of(), MultiMap.caseInsensitiveMultiMap(), incoming.headers(), client);
      page.answer(request).ifPresent(response -> RestHandler.send(incoming.response(), response));
      return Optional.empty();
    }
    return Optional.of(routes.allowed(path)
        .or(() -> page.serves(path) ? Optional.of("GET, HEAD") : Optional.empty())
        .map(allowed -> new Problem(405, method + " is not for " + path, Map.of("Allow", allowed)))
        .orElseGet(() -> new Problem(404, "there is nothing at " + path)));
  }

  private static String causeOf(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    return cause == null || cause.getMessage() == null ? "malformed" : cause.getMessage();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
