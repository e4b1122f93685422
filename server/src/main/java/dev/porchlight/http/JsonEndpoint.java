package dev.porchlight.http;

import tools.jackson.databind.node.ObjectNode;

/** Answers a request whose body is a JSON object. Runs on a virtual thread of its own, and may block. */
@FunctionalInterface
public interface JsonEndpoint {
  /**
   * Answers, or throws a {@link ProblemException}; anything else that is thrown becomes a 500.
   *
   * @param body the object; without fields when the request has no body
   */
  Response answer(Request request, ObjectNode body) throws Exception;
}
