package dev.porchlight.http;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Keeps web pages of others out. A page can make a browser talk to a server on loopback; what it cannot do is choose the
 * {@code Host} header (DNS rebinding shows the attacker's name there) or hide its {@code Origin}. Immutable.
 */
final class Guard {
  private static final Pattern AUTHORITY = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::(\\d{1,5}))?");
  private static final Pattern LOOPBACK_V4 = Pattern.compile("127\\.\\d{1,3}\\.\\d{1,3}\\.\\d{1,3}");
  private static final Set<HttpMethod> READING = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

  private final String boundName;
  private final InetAddress bound;

  /**
   * Guards a server.
   *
   * @param boundName the host as it was configured
   * @param bound     the address it is bound to
   */
  Guard(String boundName, InetAddress bound) {
    this.boundName = boundName.toLowerCase(Locale.ROOT);
    this.bound = bound;
  }

  /** The problem with a request's {@code Host} or, where it matters, its {@code Origin}; empty when there is none. */
  Optional<Problem> check(HttpMethod method, boolean isWebSocket, MultiMap headers) {
    List<String> hosts = headers.getAll("Host");
    if (hosts.size() > 1) {
      return Optional.of(new Problem(400, "the Host header is given " + hosts.size() + " times"));
    }
    String host = hosts.isEmpty() ? "" : hosts.getFirst().strip();
    if (!isOurs(host)) {
      return Optional
          .of(new Problem(421, "this server answers to localhost and to the address it is bound to, not to \""
              + host + "\""));
    }
    List<String> origins = headers.getAll("Origin");
    boolean matters = isWebSocket || !READING.contains(method);
    if (matters && !origins.stream().allMatch(origin -> isSame(origin.strip(), host))) {
      return Optional
          .of(new Problem(403, "a page of " + String.join(", ", origins) + " may not do this: the Origin must be "
              + "that of this server, " + host));
    }
    return Optional.empty();
  }

  private boolean isOurs(String authority) {
    var parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return false;
    }
    String name = parts.group(1).toLowerCase(Locale.ROOT);
    if (name.equals("localhost") || name.equals(boundName) || name.equals("[" + boundName + "]")) {
      return true;
    }
    // Only literals are looked at here: nothing that a stranger sends is ever resolved.
    if (name.startsWith("[") || LOOPBACK_V4.matcher(name).matches()) {
      try {
        InetAddress literal = InetAddress.ofLiteral(name.startsWith("[") ? name.substring(1, name.length() - 1) : name);
        return literal.isLoopbackAddress() || literal.equals(bound);
      } catch (IllegalArgumentException _) {
        return false;
      }
    }
    return name.equals(bound.getHostAddress());
  }

  private static boolean isSame(String origin, String host) {
    try {
      var uri = new URI(origin);
      String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
      int standardPort = switch (scheme) {
        case "http" -> 80;
        case "https" -> 443;
        default -> -1;
      };
      if (standardPort < 0 || uri.getRawAuthority() == null || uri.getRawUserInfo() != null) {
        return false;
      }
      return withPort(uri.getRawAuthority(), standardPort).equals(withPort(host, standardPort));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  private static String withPort(String authority, int standardPort) {
    var parts = AUTHORITY.matcher(authority);
    if (!parts.matches()) {
      return "";
    }
    int port = parts.group(2) == null ? standardPort : Integer.parseInt(parts.group(2));
    return parts.group(1).toLowerCase(Locale.ROOT) + ":" + port;
  }
}
