package dev.porchlight.http;

import io.vertx.core.MultiMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** A request as handlers see it, and its client. Thread-safe: nobody changes its maps. */
public final class Request {
  private final String path;
  private final Map<String, String> pathParameters;
  private final MultiMap query;
  private final MultiMap headers;
  private final ClientPresence client;

  Request(String path, Map<String, String> pathParameters, MultiMap query, MultiMap headers, ClientPresence client) {
    this.path = path;
    this.pathParameters = pathParameters;
    this.query = query;
    this.headers = headers;
    this.client = client;
  }

  /** The path as the client sent it: nothing in it is decoded or resolved. */
  public String path() {
    return path;
  }

  /** The part of the path that the route calls {@code name}. */
  public String pathParameter(String name) {
    String value = pathParameters.get(name);
    if (value == null) {
      throw new IllegalArgumentException("the route has no parameter " + name);
    }
    return value;
  }

  /**
   * Runs slow work on the caller's thread, and interrupts the thread when the client leaves. Not for work that must be
   * finished, such as storing an upload.
   */
  public <T> T whileClientWaits(Callable<T> work) throws Exception {
    return client.during(work);
  }

  /** A header, or null. */
  public @Nullable String header(String name) {
    return headers.get(name);
  }

  /** A query parameter, or null; given twice it is a problem of status 400. */
  public @Nullable String query(String name) {
    List<String> values = query.getAll(name);
    if (values.size() > 1) {
      throw new ProblemException(400, "the parameter " + name + " is given " + values.size() + " times");
    }
    return values.isEmpty() ? null : values.getFirst();
  }

  /** Refuses parameters other than these with a problem of status 400, so that a typing error is not silence. */
  public void allowQuery(Set<String> names) {
    for (String name : query.names()) {
      if (!names.contains(name)) {
        throw new ProblemException(400, "unknown parameter " + name + "; known are "
            + (names.isEmpty() ? "none" : String.join(", ", names.stream().sorted().toList())));
      }
    }
  }
}
