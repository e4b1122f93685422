package dev.porchlight.http;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Answers a request whose body has been written to a file. Runs on a virtual thread of its own, and may block. */
public interface UploadEndpoint {
  /**
   * Answers, or throws a {@link ProblemException}; anything else that is thrown becomes a 500.
   *
   * @param body the body; deleted afterwards if it is still there
   */
  Response answer(Request request, Path body) throws Exception;

  /** The problem for a body that could not be written to disk; empty for a status of 500. May block. */
  Optional<Problem> unwritten(IOException failure);
}
