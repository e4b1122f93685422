package dev.porchlight.http;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs endpoints on virtual threads, as many at once as their {@link Load} allows, and turns what they throw into problems.
 * Thread-safe.
 */
final class RestHandler implements AutoCloseable {
  /** Bodies of uploads being received at once, each of them an open file. */
  static final int MOST_UPLOADS = 256;
  /** Bodies of JSON being received at once, each in memory; not those of uploads, which come slowly. */
  static final int MOST_JSON_BODIES = 64;

  private static final Logger log = LoggerFactory.getLogger(RestHandler.class);

  private final Vertx vertx;
  private final ExecutorService threads = Executors
      .newThreadPerTaskExecutor(Thread.ofVirtual().name("rest-", 0).factory());
  private final Map<Load, Semaphore> places = new EnumMap<>(Load.class);
  private final Semaphore uploads = new Semaphore(MOST_UPLOADS);
  private final Semaphore jsonBodies = new Semaphore(MOST_JSON_BODIES);
  private final FileTransfers files = new FileTransfers(threads);
  private volatile boolean stopping;

  RestHandler(Vertx vertx) {
    this.vertx = vertx;
    for (Load load : Load.values()) {
      places.put(load, new Semaphore(load.places()));
    }
  }

  /**
   * Answers a request by its route. To be called on the event loop.
   *
   * @param client hears when the client leaves
   */
  void answer(HttpServerRequest incoming, Request request, Routes.Route route, ClientPresence client) {
    incoming.response().closeHandler(_ -> client.left());
    switch (route) {
      case Routes.Get get -> answer(incoming, run(get.load(), () -> get.endpoint().answer(request), () -> {}));
      case Routes.Upload upload -> upload(incoming, request, upload);
      case Routes.Change change -> change(incoming, request, change);
    }
  }

  /** Receives the body, then answers. */
  private void upload(HttpServerRequest incoming, Request request, Routes.Upload route) {
    String length = incoming.getHeader("Content-Length");
    if (length != null && isLongerThan(length, BodyFile.mostOf(incoming, route.limit()))) {
      incoming.response().putHeader("Connection", "close");
      send(incoming.response(), BodyFile.tooLarge(route.limit()).problem().response());
      return;
    }
    if (stopping || !uploads.tryAcquire()) {
      refuse(incoming, stopping ? RestProblems.STOPPING : RestProblems.BUSY);
      return;
    }
    incoming.pause();
    Path file = route.folder().resolve(UUID.randomUUID() + ".part");
    Future<Path> received = BodyFile.receive(vertx, incoming, file, route.limit());
    answer(incoming, received.onComplete(_ -> uploads.release())
        .transform(body -> body.failed()
            ? unwritten(route, body.cause())
            : run(route.load(), () -> answer(request, body.result(), route),
                () -> vertx.fileSystem().delete(file.toString()))));
  }

  private static Response answer(Request request, Path body, Routes.Upload route) throws Exception {
    try {
      return route.endpoint().answer(request, body);
    } finally {
      deleteIfThere(body);
    }
  }

  /** The endpoint knows what it means that its disk failed. */
  private Future<Response> unwritten(Routes.Upload route, Throwable failure) {
    return failure instanceof IOException e
        ? run(route.load(), () -> route.endpoint().unwritten(e).orElseThrow(() -> e).response(), () -> {})
        : Future.failedFuture(failure);
  }

  /** Receives a small body of JSON, then answers. */
  private void change(HttpServerRequest incoming, Request request, Routes.Change route) {
    String length = incoming.getHeader("Content-Length");
    if (length != null && isLongerThan(length, JsonBody.MOST_BYTES)) {
      refuse(incoming, BodyFile.tooLarge(JsonBody.MOST_BYTES).problem());
      return;
    }
    boolean hasBody = incoming.getHeader("Transfer-Encoding") != null
        || (length != null && isLongerThan(length, 0));
    String type = incoming.getHeader("Content-Type");
    if (hasBody && (type == null || !JsonBody.isJson(type))) {
      refuse(incoming, new Problem(415, "the Content-Type must be application/json"));
      return;
    }
    if (stopping || !jsonBodies.tryAcquire()) {
      refuse(incoming, stopping ? RestProblems.STOPPING : RestProblems.BUSY);
      return;
    }
    incoming.pause();
    Future<Buffer> received = JsonBody.receive(incoming);
    answer(incoming, received.onComplete(_ -> jsonBodies.release())
        .compose(body -> run(route.load(),
            () -> route.endpoint().answer(request, JsonBody.parse(body.getBytes())), () -> {})));
  }

  /** Takes neither uploads nor changes from here on. */
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

  /** Answers from memory. */
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
    out.setStatusCode(response.status());
    if (!response.contentType().isEmpty()) {
      out.putHeader("Content-Type", response.contentType());
    }
    response.headers().forEach(out::putHeader);
  }

  /** Answers by {@code work} on a thread of its own; when there is no place for it, {@code refused} runs instead. */
  private Future<Response> run(Load load, Callable<Response> work, Runnable refused) {
    Semaphore kind = places.get(load);
    if (kind == null || !kind.tryAcquire()) {
      refused.run();
      return Future.succeededFuture(RestProblems.BUSY.response());
    }
    Promise<Response> answer = Promise.promise();
    try {
      threads.execute(() -> {
        try {
          answer.complete(work.call());
        } catch (Throwable e) {
          answer.fail(e);
        } finally {
          kind.release();
        }
      });
    } catch (RejectedExecutionException _) {
      kind.release();
      refused.run();
      return Future.succeededFuture(RestProblems.STOPPING.response());
    }
    return answer.future();
  }

  private void answer(HttpServerRequest incoming, Future<Response> answer) {
    Context loop = vertx.getOrCreateContext();
    answer.onComplete(done -> loop.runOnContext(_ -> {
      Response response = done.succeeded() ? done.result() : RestProblems.of(incoming, done.cause()).response();
      if (!incoming.isEnded()) {
        incoming.response().putHeader("Connection", "close");
      }
      switch (response.body()) {
        case Body.Bytes _ -> send(incoming.response(), response);
        case Body.Part part -> sendFile(loop, incoming, response, part);
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
      response.headers().keySet().forEach(out.headers()::remove);
      out.headers().remove("Content-Length");
      refuse(request, RestProblems.BUSY);
    }
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
