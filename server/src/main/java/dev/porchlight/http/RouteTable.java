package dev.porchlight.http;

import dev.porchlight.http.Routes.Route;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds the route of a request. Paths are compared as sent, segment by segment: dots and double slashes are not resolved, and
 * only segments that are parameters are decoded. Immutable.
 */
final class RouteTable {
  private final List<Entry> entries;

  RouteTable(Routes routes) {
    this.entries = routes.all().stream().map(route -> new Entry(route, segments(route.path()))).toList();
  }

  /**
   * The route of a method and a path; {@code HEAD} is answered by that of {@code GET}.
   *
   * @throws ProblemException of status 400 when a parameter in the path cannot be decoded
   */
  Optional<Match> find(String method, String path) {
    String wanted = method.equals("HEAD") ? "GET" : method;
    String[] segments = segments(path);
    for (Entry entry : entries) {
      Map<String, String> parameters = entry.route.method().equals(wanted) ? entry.match(segments) : null;
      if (parameters != null) {
        return Optional.of(new Match(entry.route, parameters));
      }
    }
    return Optional.empty();
  }

  /** The methods that a path answers to, as the header {@code Allow} has them; empty when there is no such path. */
  Optional<String> allowed(String path) {
    String[] segments = segments(path);
    Set<String> methods = new TreeSet<>();
    for (Entry entry : entries) {
      if (entry.match(segments) != null) {
        methods.add(entry.route.method().equals("GET") ? "GET, HEAD" : entry.route.method());
      }
    }
    return methods.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", methods));
  }

  private static String[] segments(String path) {
    return path.split("/", -1);
  }

  private static String decoded(String segment) {
    try {
      // A plus is a space in forms, not in paths.
      return URLDecoder.decode(segment.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw new ProblemException(400, "the path cannot be decoded: \"" + segment + "\"");
    }
  }

  /** A route, and what its path says of its parameters. */
  record Match(Route route, Map<String, String> parameters) {}

  @SuppressWarnings("ArrayRecordComponent")
  private record Entry(Route route, String[] pattern) {
    private static final String REST = "*";

    /** The parameters, or null for another path. */
    @Nullable
    Map<String, String> match(String[] segments) {
      boolean hasRest = pattern[pattern.length - 1].equals(REST);
      if (hasRest ? segments.length < pattern.length : segments.length != pattern.length) {
        return null;
      }
      var parameters = new HashMap<String, String>();
      for (int i = 0; i < pattern.length - (hasRest ? 1 : 0); i++) {
        boolean isParameter = pattern[i].startsWith(":");
        if (isParameter ? segments[i].isEmpty() : !segments[i].equals(pattern[i])) {
          return null;
        }
        if (isParameter) {
          parameters.put(pattern[i].substring(1), decoded(segments[i]));
        }
      }
      return parameters;
    }
  }
}
