package dev.porchlight.http;

import dev.porchlight.config.Settings;
import java.util.Optional;

/**
 * Where the server listens and how many may come.
 *
 * @param host                 a loopback address or a name of one
 * @param port                 0 for any free one
 * @param maxConnections       most WebSocket connections in all, against exhaustion of descriptors
 * @param maxPerAddress        most from one address that is not loopback, so that one client cannot take every place
 * @param compressionLevel     from 1, fast, to 9, small, for WebSocket clients that can inflate; 0 compresses nothing
 * @param transport            how sockets are served: {@code io_uring}, {@code epoll} or {@code nio}; {@code auto} for the
 *                             first of them that works here
 */
public record HttpConfig(String host, int port, int maxConnections, int maxPerAddress, int compressionLevel,
    String transport) {
  /**
   * Reads {@code http.host}, {@code http.port}, {@code http.transport}, {@code live.max-connections}, {@code live.max-per-address} and
   * {@code live.compression-level}.
   */
  public static HttpConfig read(Settings settings) {
    String host = settings.text("http.host", "127.0.0.1");
    return new HttpConfig(host == null ? "127.0.0.1" : host, settings.integer("http.port", 8000, 0, 65_535),
        settings.integer("live.max-connections", 10_000, 1, 1_000_000),
        settings.integer("live.max-per-address", 100, 1, 1_000_000),
        settings.integer("live.compression-level", 6, 0, 9),
        transport(settings));
  }

  private static String transport(Settings settings) {
    String name = settings.text("http.transport", Transports.AUTO);
    Optional<String> mistake = name == null ? Optional.empty() : Transports.mistake(name);
    mistake.ifPresent(text -> settings.mistake("http.transport: " + text));
    return name == null || mistake.isPresent() ? Transports.AUTO : name;
  }
}
