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
import java.util.function.Supplier;

/**
 * Writes a request's body to a file as it comes, or the picture in it when it is a form, so that no size of it is a matter of
 * memory. Confined to the request's event loop.
 */
final class BodyFile {
  private final HttpServerRequest request;
  private final long limit;
  private final Promise<Void> done = Promise.promise();
  private long received;
  private long all;
  private int writing;
  private boolean isWhole;

  private BodyFile(HttpServerRequest request, long limit) {
    this.request = request;
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
   * @return the file, complete and closed; on failure there is none. What the disk does not take is an {@link IOException},
   *         a client that leaves a {@link HttpClosedException}
   */
  static Future<Path> receive(Vertx vertx, HttpServerRequest request, Path file, long limit) {
    return receive(request, limit,
        () -> vertx.fileSystem().open(file.toString(), new OpenOptions().setCreateNew(true).setWrite(true)))
        .map(file)
        .recover(failure -> vertx.fileSystem().delete(file.toString()).transform(_ -> Future.failedFuture(failure)));
  }

  /** As above, to what {@code open} opens, which is closed and not deleted. */
  static Future<Void> receive(HttpServerRequest request, long limit, Supplier<Future<AsyncFile>> open) {
    var body = new BodyFile(request, limit);
    // Set before the file is open: a client may be gone by then, and nobody would tell us again.
    request.exceptionHandler(failure -> body.done.tryFail(meaningOf(failure)));
    return open.get().recover(failure -> Future.failedFuture(causeOf(failure))).compose(body::copy);
  }

  /** A connection that is reset is no failure of the server, whatever the transport calls it. */
  private static Throwable meaningOf(Throwable failure) {
    Throwable meant = FormPicture.problemOf(failure);
    return meant instanceof IOException ? new HttpClosedException(String.valueOf(meant.getMessage())) : meant;
  }

  /** Vert.x wraps what goes wrong when a file is opened, and not what goes wrong later. */
  private static Throwable causeOf(Throwable failure) {
    return failure.getCause() instanceof IOException cause ? cause : failure;
  }

  private Future<Void> copy(AsyncFile out) {
    out.exceptionHandler(done::tryFail);
    if (FormPicture.isIn(request)) {
      request.handler(this::count);
      FormPicture.read(request, chunk -> write(out, chunk), done::tryFail, this::whole);
    } else {
      request.handler(chunk -> write(out, chunk));
      request.endHandler(_ -> whole());
    }
    request.resume();
    return done.future()
        .transform(copied -> out.close()
            .compose(_ -> copied.succeeded() ? Future.succeededFuture() : Future.failedFuture(copied.cause())));
  }

  private void write(AsyncFile out, Buffer chunk) {
    received += chunk.length();
    if (received > limit) {
      done.tryFail(tooLarge(limit));
    }
    if (done.future().isComplete()) {
      return;
    }
    writing++;
    out.write(chunk).onFailure(done::tryFail).onSuccess(_ -> {
      writing--;
      endWhenWritten();
    });
    if (out.writeQueueFull()) {
      request.pause();
      out.drainHandler(_ -> request.resume());
    }
  }

  private void whole() {
    isWhole = true;
    endWhenWritten();
  }

  /** The body ends before its last write does, and that write may fail as well. */
  private void endWhenWritten() {
    if (isWhole && writing == 0) {
      done.tryComplete();
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

  static ProblemException tooLarge(long limit) {
    return new ProblemException(413, "the body is larger than " + limit + " bytes");
  }
}
