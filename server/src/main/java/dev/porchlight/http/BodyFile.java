package dev.porchlight.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Path;

/**
 * Writes a request's body to a file as it comes, or the picture in it when it is a form, so that no size of it is a matter of
 * memory.
 */
final class BodyFile {
  private final Vertx vertx;
  private final HttpServerRequest request;
  private final Path file;
  private final long limit;
  private final Promise<Path> done = Promise.promise();
  private long received;
  private long all;

  private BodyFile(Vertx vertx, HttpServerRequest request, Path file, long limit) {
    this.vertx = vertx;
    this.request = request;
    this.file = file;
    this.limit = limit;
  }

  /** The most bytes that a request's body may have when what is kept of it may have {@code limit}. */
  static long mostOf(HttpServerRequest request, long limit) {
    return FormPicture.isIn(request) ? limit + FormPicture.MOST_BYTES_AROUND : limit;
  }

  /**
   * Receives the body of a request that is {@linkplain HttpServerRequest#pause() paused}.
   *
   * @param limit most bytes; more is a {@link ProblemException} of status 413
   * @return the file, complete and closed; on failure there is none
   */
  static Future<Path> receive(Vertx vertx, HttpServerRequest request, Path file, long limit) {
    var body = new BodyFile(vertx, request, file, limit);
    // Set before the file is open: a client may be gone by then, and nobody would tell us again.
    request.exceptionHandler(failure -> body.done.tryFail(meaningOf(failure)));
    return vertx.fileSystem()
        .open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true))
        .compose(body::copy)
        .recover(failure -> body.forget(failure));
  }

  /** A connection that is reset is no failure of the server, whatever the transport calls it. */
  private static Throwable meaningOf(Throwable failure) {
    Throwable meant = FormPicture.problemOf(failure);
    return meant instanceof IOException ? new HttpClosedException(String.valueOf(meant.getMessage())) : meant;
  }

  private Future<Path> copy(AsyncFile out) {
    out.exceptionHandler(done::tryFail);
    if (FormPicture.isIn(request)) {
      request.handler(this::count);
      FormPicture.read(request, chunk -> write(out, chunk), done::tryFail, () -> done.tryComplete(file));
    } else {
      request.handler(chunk -> write(out, chunk));
      request.endHandler(_ -> done.tryComplete(file));
    }
    request.resume();
    return done.future()
        .transform(copied -> out.close()
            .compose(_ -> copied.succeeded() ? Future.succeededFuture(file) : Future.failedFuture(copied.cause())));
  }

  private void write(AsyncFile out, Buffer chunk) {
    received += chunk.length();
    if (received > limit) {
      done.tryFail(tooLarge(limit));
    }
    if (done.future().isComplete()) {
      return;
    }
    out.write(chunk).onFailure(done::tryFail);
    if (out.writeQueueFull()) {
      request.pause();
      out.drainHandler(_ -> request.resume());
    }
  }

  /** What is around the picture of a form is read over, but not without end. */
  private void count(Buffer chunk) {
    all += chunk.length();
    if (all > limit + FormPicture.MOST_BYTES_AROUND) {
      request.handler(_ -> {});
      done.tryFail(tooLarge(limit));
    }
  }

  private Future<Path> forget(Throwable failure) {
    return vertx.fileSystem().delete(file.toString()).transform(_ -> Future.failedFuture(failure));
  }

  static ProblemException tooLarge(long limit) {
    return new ProblemException(413, "the body is larger than " + limit + " bytes");
  }
}
