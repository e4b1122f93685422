package dev.porchlight.http;

import dev.porchlight.live.Feed;
import java.time.Duration;

/**
 * The patience of connections.
 *
 * @param pingInterval between two pings
 * @param pongDeadline after a ping, for any sign of life; shorter than the interval
 * @param closeGrace   for a client to answer our close
 * @param heartbeat    after that long with nothing sent, a client that asked for it is told that all is well
 */
record WebSocketTimes(Duration pingInterval, Duration pongDeadline, Duration closeGrace, Duration heartbeat) {
  static final WebSocketTimes STANDARD = new WebSocketTimes(Duration.ofSeconds(25), Duration.ofSeconds(10),
      Duration.ofSeconds(1), Feed.HEARTBEAT);
}
