package dev.porchlight.detection;

import dev.porchlight.config.Settings;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A detector behind HTTP. The address may hold a name, a password or a token: only {@link #shown} is for people.
 *
 * @param url     {@code detection.url}: http or https
 * @param timeout {@code detection.timeout}: of each request, until the last byte of its answer
 */
record RemoteConfig(URI url, Duration timeout) {
  /** Reads the settings; null when no address is set, or a wrong one, which is then noted. */
  static @Nullable RemoteConfig read(Settings settings) {
    // What may hold a password is not to be printed by the command config.
    String text = settings.secret("detection.url");
    Duration timeout = settings.duration("detection.timeout", Duration.ofSeconds(10), Duration.ofMillis(100),
        Duration.ofMinutes(2));
    URI url = text == null ? null : parse(text);
    if (text != null && url == null) {
      settings
          .mistake("detection.url must be an address such as http://host:port/path (it is not shown, for it may hold a "
              + "password)");
    }
    return url == null ? null : new RemoteConfig(url, timeout);
  }

  private static @Nullable URI parse(String text) {
    try {
      URI url = new URI(text.strip());
      boolean isHttp = "http".equalsIgnoreCase(url.getScheme()) || "https".equalsIgnoreCase(url.getScheme());
      return isHttp && url.getHost() != null && url.getPort() <= 65_535 ? url : null;
    } catch (URISyntaxException _) {
      return null;
    }
  }

  /** Where requests go: the address without name, password and fragment. */
  URI target() {
    String query = url.getRawQuery() == null ? "" : "?" + url.getRawQuery();
    return URI.create(shown() + query);
  }

  /** The header that says who asks, as HTTP's basic authentication has it (RFC 7617); null when the address has no name. */
  @Nullable
  String authorization() {
    String user = url.getUserInfo();
    return user == null
        ? null
        : "Basic " + Base64.getEncoder().encodeToString(user.getBytes(StandardCharsets.UTF_8));
  }

  /** The address without anything secret: no name, no password, no query. */
  String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    String path = url.getRawPath() == null || url.getRawPath().isEmpty() ? "/" : url.getRawPath();
    return url.getScheme() + "://" + url.getHost() + port + path;
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "RemoteConfig[" + shown() + ", " + timeout + "]";
  }
}
