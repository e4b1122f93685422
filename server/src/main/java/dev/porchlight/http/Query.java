package dev.porchlight.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of an address. */
final class Query {
  private Query() {}

  /**
   * As they were sent.
   *
   * @throws ProblemException of status 400 when they cannot be decoded
   */
  static MultiMap parametersOf(HttpServerRequest request) {
    try {
      return request.params();
    } catch (IllegalArgumentException _) {
      throw new ProblemException(400, "the parameters cannot be decoded: \"" + request.query() + "\"");
    }
  }

  /**
   * By name, in their order.
   *
   * @throws ProblemException of status 400 when they cannot be decoded
   */
  static Map<String, List<String>> of(HttpServerRequest request) {
    MultiMap parameters = parametersOf(request);
    var query = new LinkedHashMap<String, List<String>>();
    for (String name : parameters.names()) {
      query.put(name, parameters.getAll(name));
    }
    return query;
  }
}
