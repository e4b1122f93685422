package dev.porchlight.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * An address of HTTP that may hold a name, a password or a token: only {@link #shown} is for people.
 *
 * @param url http or https, with a host
 */
public record HttpAddress(URI url) {
  /** Reads an address; null when it is none. */
  public static @Nullable HttpAddress parse(String text) {
    try {
      URI url = new URI(text.strip());
      boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      return isHttp && url.getHost() != null && url.getPort() <= 65_535 ? new HttpAddress(url) : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /**
   * Reads a setting that holds an address; null when it is not set, or is none, which is then noted.
   *
   * @param example of such an address, for people
   */
  public static @Nullable HttpAddress read(Settings settings, String key, String example) {
    // What may hold a password is not to be printed by the command config.
    String text = settings.secret(key);
    if (text == null || text.isBlank()) {
      return null;
    }
    HttpAddress address = parse(text);
    if (address == null) {
      settings.mistake(
          key + " must be an address such as " + example + " (it is not shown, for it may hold a password)");
    }
    return address;
  }

  /** Where requests go: the address without name, password and fragment. */
  public URI target() {
    return target("");
  }

  /** As {@link #target()}, with {@code path} at the end of its path. */
  public URI target(String path) {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    String own = shown();
    return URI.create((path.isEmpty() ? own : own.replaceAll("/+$", "") + path) + query).normalize();
  }

  /** The header that says who asks, as HTTP's basic authentication has it (RFC 7617); null when the address has no name. */
  public @Nullable String authorization() {
    String user = url.getUserInfo();
    return user == null
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** The address without anything secret: no name, no password, no query. */
  public String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getScheme() + "://" + url.getHost() + port + path;
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return shown();
  }
}
