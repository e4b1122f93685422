package dev.porchlight.http;

import java.time.Duration;

/**
 * The patience of WebSocket connections.
 *
 * @param pingInterval between two pings
 * @param pongDeadline after a ping, for any sign of life; shorter than the interval
 * @param closeGrace   for a client to answer our close
 */
record WebSocketTimes(Duration pingInterval, Duration pongDeadline, Duration closeGrace) {
  static final WebSocketTimes STANDARD = new WebSocketTimes(Duration.ofSeconds(25), Duration.ofSeconds(10),
      Duration.ofSeconds(1));
}
