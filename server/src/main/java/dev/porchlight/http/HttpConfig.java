package dev.porchlight.http;

import dev.porchlight.config.Settings;

/**
 * Where the server listens and how many may come.
 *
 * @param host                 a loopback address or a name of one
 * @param port                 0 for any free one
 * @param maxConnections       most WebSocket connections in all, against exhaustion of descriptors
 * @param maxPerAddress        most from one address that is not loopback, so that one client cannot take every place
 * @param compressionLevel     from 1, fast, to 9, small, for WebSocket clients that can inflate; 0 compresses nothing
 */
public record HttpConfig(String host, int port, int maxConnections, int maxPerAddress, int compressionLevel) {
  /**
   * Reads {@code http.host}, {@code http.port}, {@code live.max-connections}, {@code live.max-per-address} and
   * {@code live.compression-level}.
   */
  public static HttpConfig read(Settings settings) {
    String host = settings.text("http.host", "127.0.0.1");
    return new HttpConfig(host == null ? "127.0.0.1" : host, settings.integer("http.port", 8000, 0, 65_535),
        settings.integer("live.max-connections", 10_000, 1, 1_000_000),
        settings.integer("live.max-per-address", 100, 1, 1_000_000),
        settings.integer("live.compression-level", 6, 0, 9));
  }
}
