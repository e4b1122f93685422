package dev.porchlight.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs endpoints on virtual threads, and turns what they throw into problems. Thread-safe. */
final class RestHandler implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RestHandler.class);
  /** Requests being answered at once; more are told to come again, so that no flood piles up in memory. */
  private static final int MOST_AT_ONCE = 256;
  private static final Problem BUSY = new Problem(503, "too many requests at once", Map.of("Retry-After", "1"));
  /** Bodies being received at once, each of them an open file. */
  private static final int MOST_BODIES = 256;
  private static final Problem STOPPING = new Problem(503, "the server is stopping", Map.of("Retry-After", "5"));
  private static final Problem UNSTORED = new Problem(503, "the store does not work; the server's log says why",
      Map.of("Retry-After", "5"));
  private static final Problem FAILED = new Problem(500, "the server failed; its log says why");

  private final Vertx vertx;
  private final ExecutorService threads = Executors
      .newThreadPerTaskExecutor(Thread.ofVirtual().name("rest-", 0).factory());
  private final Semaphore places = new Semaphore(MOST_AT_ONCE);
  private final Semaphore bodies = new Semaphore(MOST_BODIES);
  private final FileTransfers files = new FileTransfers(threads);
  private volatile boolean stopping;

  RestHandler(Vertx vertx) {
    this.vertx = vertx;
  }

  /** Answers a request without a body. */
  void get(RoutingContext context, Endpoint endpoint) {
    Request request = requestOf(context);
    answer(context, run(() -> endpoint.answer(request), () -> {}));
  }

  /** Receives the body, then answers. */
  void upload(RoutingContext context, Routes.Upload route) {
    HttpServerRequest incoming = context.request();
    String length = incoming.getHeader("Content-Length");
    if (length != null && isLongerThan(length, route.limit())) {
      incoming.response().putHeader("Connection", "close");
      send(incoming.response(), BodyFile.tooLarge(route.limit()).problem().response());
      return;
    }
    if (stopping || !bodies.tryAcquire()) {
      refuse(incoming, stopping ? STOPPING : BUSY);
      return;
    }
    incoming.pause();
    Request request = requestOf(context);
    Path file = route.folder().resolve(UUID.randomUUID() + ".part");
    Future<Path> received = BodyFile.receive(vertx, incoming, file, route.limit());
    answer(context, received.onComplete(_ -> bodies.release()).compose(body -> run(() -> {
      try {
        return route.endpoint().answer(request, body);
      } finally {
        deleteIfThere(body);
      }
    }, () -> vertx.fileSystem().delete(body.toString()))));
  }

  /** Takes no uploads from here on. */
  void stopTaking() {
    stopping = true;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Answers with a problem, at once. */
  static void refuse(HttpServerRequest request, Problem problem) {
    if (!request.isEnded()) {
      request.response().putHeader("Connection", "close");
    }
    send(request.response(), problem.response());
  }

  static void send(HttpServerResponse out, Response response) {
    if (out.ended() || out.closed()) {
      return;
    }
    putHead(out, response);
    switch (response.body()) {
      case Body.Bytes(byte[] bytes) -> out.end(Buffer.buffer(bytes));
      case Body.Part _ -> throw new IllegalArgumentException("a file is not sent at once");
    }
  }

  private static void putHead(HttpServerResponse out, Response response) {
    out.setStatusCode(response.status()).putHeader("Content-Type", response.contentType());
    response.headers().forEach(out::putHeader);
  }

  /** Answers by {@code work} on a thread of its own; when there is no place for it, {@code refused} runs instead. */
  private Future<Response> run(Callable<Response> work, Runnable refused) {
    if (!places.tryAcquire()) {
      refused.run();
      return Future.succeededFuture(BUSY.response());
    }
    Promise<Response> answer = Promise.promise();
    threads.execute(() -> {
      try {
        answer.complete(work.call());
      } catch (Throwable e) {
        answer.fail(e);
      } finally {
        places.release();
      }
    });
    return answer.future();
  }

  private void answer(RoutingContext context, Future<Response> answer) {
    Context loop = vertx.getOrCreateContext();
    answer.onComplete(done -> loop.runOnContext(_ -> {
      Response response = done.succeeded() ? done.result() : problemOf(context, done.cause()).response();
      if (!context.request().isEnded()) {
        context.response().putHeader("Connection", "close");
      }
      switch (response.body()) {
        case Body.Bytes _ -> send(context.response(), response);
        case Body.Part part -> sendFile(loop, context.request(), response, part);
      }
    }));
  }

  private void sendFile(Context loop, HttpServerRequest request, Response response, Body.Part part) {
    HttpServerResponse out = request.response();
    if (out.ended() || out.closed()) {
      FileTransfers.close(part);
      return;
    }
    putHead(out, response);
    out.putHeader("Content-Length", Long.toString(part.length()));
    if (request.method().equals(HttpMethod.HEAD)) {
      FileTransfers.close(part);
      out.end();
    } else if (!files.send(loop, request, part)) {
      out.headers().clear();
      refuse(request, BUSY);
    }
  }

  private static Problem problemOf(RoutingContext context, Throwable failure) {
    if (failure instanceof ProblemException expected) {
      return expected.problem();
    }
    if (failure instanceof UnavailableException) {
      log.error("{} {}: {}", context.request().method(), context.request().path(), failure.getMessage());
      return UNSTORED;
    }
    if (failure instanceof HttpClosedException || (failure instanceof IOException && context.response().closed())) {
      log.debug("{} {}: the client left", context.request().method(), context.request().path());
    } else {
      log.error("{} {} failed", context.request().method(), context.request().path(), failure);
    }
    return FAILED;
  }

  private static Request requestOf(RoutingContext context) {
    return new Request(Objects.requireNonNullElse(context.request().path(), ""), context.pathParams(),
        context.queryParams(), context.request().headers());
  }

  private static boolean isLongerThan(String contentLength, long limit) {
    try {
      return Long.parseLong(contentLength.strip()) > limit;
    } catch (NumberFormatException _) {
      return false;
    }
  }

  private static void deleteIfThere(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("could not delete {}: {}", file, e.toString());
    }
  }
}
