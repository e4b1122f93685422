package dev.porchlight.detection;

import dev.porchlight.config.HttpAddress;
import dev.porchlight.config.Settings;
import java.net.URI;
import java.time.Duration;
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
    HttpAddress address = HttpAddress.read(settings, "detection.url", "http://host:port/path");
    Duration timeout = settings.duration("detection.timeout", Duration.ofSeconds(10), Duration.ofMillis(100),
        Duration.ofMinutes(2));
    return address == null ? null : new RemoteConfig(address.url(), timeout);
  }

  HttpAddress address() {
    return new HttpAddress(url);
  }

  /** The address without anything secret. */
  String shown() {
    return address().shown();
  }

  /** Says nothing secret. */
  @Override
  public String toString() {
    return "RemoteConfig[" + shown() + ", " + timeout + "]";
  }
}
