package dev.porchlight.http;

import dev.porchlight.live.Feed;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.transport.Transport;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.StaticHandler;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
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
  private static final int IDLE_SECONDS = 75;
  private static final int MOST_HEADER_BYTES = 16 * 1024;
  private static final Duration CLOSE_SPREAD = Duration.ofSeconds(1);
  private static final Duration CLOSE_LIMIT = Duration.ofSeconds(4);
  private static final Map<String, String> SECURITY_HEADERS = Map.of("X-Content-Type-Options", "nosniff",
      "X-Frame-Options", "DENY", "Referrer-Policy", "no-referrer", "Content-Security-Policy",
      "default-src 'self'; img-src 'self' data:; frame-ancestors 'none'");

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
    this(config, address, endpoints, streams, meters, WebSocketTimes.STANDARD);
  }

  WebServer(HttpConfig config, InetAddress address, Map<String, WebSocketEndpoint> endpoints,
      Map<String, Feed> streams, MeterRegistry meters, WebSocketTimes times) {
    this.config = config;
    this.guard = new Guard(config.host(), address);
    this.transport = Transports.of(config.transport());
    this.vertx = Vertx.builder()
        .with(new VertxOptions().setEventLoopPoolSize(1)
            .setWorkerPoolSize(2)
            .setInternalBlockingPoolSize(4)
            .setDisableTCCL(true))
        .withTransport(transport)
        .build();
    var limits = new ConnectionLimits(config.maxConnections(), config.maxPerAddress());
    var ids = new ConnectionIds();
    this.loops = new Loops(transport.name());
    this.webSockets = new WebSockets(endpoints, limits, ids, loops, times, config.compressionLevel(), meters);
    this.streams = new EventStreams(streams, limits, ids, loops, times, meters);
    this.rest = new RestHandler(vertx);
    this.server = vertx.createHttpServer(new HttpServerOptions().setHost(address.getHostAddress())
        .setPort(config.port())
        .setTcpNoDelay(true)
        .setAcceptBacklog(4096)
        .setIdleTimeout(IDLE_SECONDS)
        .setMaxHeaderSize(MOST_HEADER_BYTES)
        .setMaxFormFields(FormPicture.MOST_PARTS)
        .setMaxFormAttributeSize(FormPicture.MOST_BYTES_OF_FIELD)
        .setMaxFormBufferedBytes(FormPicture.MOST_BYTES_OF_FIELD)
        .setHandle100ContinueAutomatically(true)
        .setHttp2ClearTextEnabled(false));
    server.invalidRequestHandler(request -> RestHandler.refuse(request,
        new Problem(400, "this is not HTTP as the server understands it: " + causeOf(request))));
  }

  /**
   * Listens, and answers by these routes.
   *
   * @return the port
   * @throws IOException when the port cannot be had
   */
  public int listen(Routes routes) throws IOException {
    Router router = router(routes);
    server.requestHandler(request -> handle(request, router));
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

  private void handle(HttpServerRequest request, Router router) {
    boolean isChannel = webSockets.serves(request.path());
    if (!isChannel) {
      SECURITY_HEADERS.forEach(request.response()::putHeader);
    }
    Optional<Problem> problem = guard.check(request.method(), isChannel, request.headers());
    if (problem.isEmpty() && isChannel) {
      problem = webSockets.check(request).or(() -> webSockets.accept(request));
    } else if (problem.isEmpty() && streams.serves(request.path())) {
      problem = streams.accept(request);
    } else if (problem.isEmpty()) {
      router.handle(request);
    }
    problem.ifPresent(found -> RestHandler.refuse(request, found));
  }

  private Router router(Routes routes) {
    Router router = Router.router(vertx);
    for (Routes.Get route : routes.gets()) {
      router.route(HttpMethod.GET, route.path())
          .method(HttpMethod.HEAD)
          .handler(context -> rest.get(context, route.endpoint()));
    }
    for (Routes.Upload route : routes.uploads()) {
      router.route(HttpMethod.POST, route.path()).handler(context -> rest.upload(context, route));
    }
    for (Routes.Change route : routes.changes()) {
      router.route(HttpMethod.valueOf(route.method()), route.path()).handler(context -> rest.change(context, route));
    }
    // What is below /api is never a file, so that a wrong method there is told apart from a wrong path.
    router.routeWithRegex(HttpMethod.GET, "/(?!api/).*")
        .method(HttpMethod.HEAD)
        .handler(StaticHandler.create("web").setCachingEnabled(false));
    router.errorHandler(404, context -> fail(context, 404, "there is nothing at " + context.request().path()));
    router.errorHandler(405, context -> RestHandler.refuse(context.request(), new Problem(405,
        context.request().method() + " is not for " + context.request().path(),
        Map.of("Allow", routes.allowed(context.request().path())))));
    router.errorHandler(400, context -> fail(context, 400, "the request cannot be read"));
    router.errorHandler(500, context -> {
      log.error("{} {} failed", context.request().method(), context.request().path(), context.failure());
      fail(context, 500, "the server failed; its log says why");
    });
    return router;
  }

  private static void fail(RoutingContext context, int status, String detail) {
    RestHandler.refuse(context.request(), new Problem(status, detail));
  }

  private static String causeOf(HttpServerRequest request) {
    Throwable cause = request.decoderResult().cause();
    return cause == null || cause.getMessage() == null ? "malformed" : cause.getMessage();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
