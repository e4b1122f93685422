package dev.porchlight.http;

import io.vertx.core.http.HttpServerRequest;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The parameters of an address. */
final class Query {
  private Query() {}

  /** By name, in their order. */
  static Map<String, List<String>> of(HttpServerRequest request) {
    var query = new LinkedHashMap<String, List<String>>();
    for (String name : request.params().names()) {
      query.put(name, request.params().getAll(name));
    }
    return query;
  }
}
