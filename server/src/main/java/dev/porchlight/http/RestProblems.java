package dev.porchlight.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a client is told when its request could not be answered, and what the log is. Stateless. */
final class RestProblems {
  /** No place for this kind of request. */
  static final Problem BUSY = new Problem(503, "too many requests at once", Map.of("Retry-After", "1"));
  static final Problem STOPPING = new Problem(503, "the server is stopping", Map.of("Retry-After", "5"));

  private static final Logger log = LoggerFactory.getLogger(RestProblems.class);
  private static final Problem UNSTORED = new Problem(503, "the store does not work; the server's log says why",
      Map.of("Retry-After", "5"));
  private static final Problem FAILED = new Problem(500, "the server failed; its log says why");

  private RestProblems() {}

  /** What to say of a failure, which is logged unless it is the client's. */
  static Problem of(HttpServerRequest request, Throwable failure) {
    return switch (failure) {
      case ProblemException expected -> expected.problem();
      case UnavailableException _ -> {
        log.error("{} {}: {}", request.method(), request.path(), failure.getMessage());
        yield UNSTORED;
      }
      case InterruptedException _ -> {
        log.debug("{} {}: given up, the client has left or the server stops", request.method(), request.path());
        yield STOPPING;
      }
      case RejectedExecutionException _ -> {
        log.debug("{} {}: given up, the server stops", request.method(), request.path());
        yield STOPPING;
      }
      case HttpClosedException _ -> {
        log.debug("{} {}: the client left", request.method(), request.path());
        yield FAILED;
      }
      case IOException _ when request.response().closed() -> {
        log.debug("{} {}: the client left: {}", request.method(), request.path(), failure.toString());
        yield FAILED;
      }
      default -> {
        log.error("{} {} failed", request.method(), request.path(), failure);
        yield FAILED;
      }
    };
  }
}
