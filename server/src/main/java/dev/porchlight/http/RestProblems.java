package dev.porchlight.http;

import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Maps failures of requests to problems, and logs those that are the server's. Stateless. */
final class RestProblems {
  /** No place for this kind of request. */
  static final Problem BUSY = new Problem(503, "too many requests at once", Map.of("Retry-After", "1"));
  static final Problem STOPPING = new Problem(503, "the server is stopping", Map.of("Retry-After", "5"));

  private static final Logger log = LoggerFactory.getLogger(RestProblems.class);
  private static final Problem UNSTORED = new Problem(503, "the store does not work; the server's log says why",
      Map.of("Retry-After", "5"));
  private static final Problem FAILED = new Problem(500, "the server failed; its log says why");

  private RestProblems() {}

  /** The problem for a failure. */
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
