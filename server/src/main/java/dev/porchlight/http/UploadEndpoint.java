package dev.porchlight.http;

import java.nio.file.Path;

/** Answers a request whose body has been written to a file. Runs on a virtual thread of its own, and may block. */
@FunctionalInterface
public interface UploadEndpoint {
  /**
   * Answers, or throws a {@link ProblemException}; anything else that is thrown becomes a 500.
   *
   * @param body the body; deleted afterwards if it is still there
   */
  Response answer(Request request, Path body) throws Exception;
}
