package dev.porchlight.http;

/** Answers a request. Runs on a virtual thread of its own, and may block. */
@FunctionalInterface
public interface Endpoint {
  /** Answers, or throws a {@link ProblemException}; anything else that is thrown becomes a 500. */
  Response answer(Request request) throws Exception;
}
