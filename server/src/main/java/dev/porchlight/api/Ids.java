package dev.porchlight.api;

import dev.porchlight.http.ProblemException;
import dev.porchlight.http.Request;

/** The number that a path names something by. */
final class Ids {
  private Ids() {}

  /** The path's {@code :id}; {@code whose} begins the sentence that tells what is wrong with one that is no number. */
  static long of(Request request, String whose) {
    String text = request.pathParameter("id");
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException _) {
      throw new ProblemException(400, whose + " id is a number, not " + text);
    }
  }
}
