package dev.porchlight.video;

import java.time.Duration;

/**
 * How patient one is with a stream.
 *
 * @param firstPause   before the first try after a failure
 * @param longestPause before any later one
 * @param ranWell      after so long without a failure the failure before is forgotten
 */
record StreamTimes(Duration firstPause, Duration longestPause, Duration ranWell) {
  static final StreamTimes STANDARD = new StreamTimes(Duration.ofSeconds(1), Duration.ofMinutes(1),
      Duration.ofSeconds(10));
}
