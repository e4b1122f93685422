package dev.porchlight.domain;

import java.time.Instant;

/**
 * The data of a {@code new_event} message: what a batch meant.
 *
 * @param riskScore 0 to 100
 * @param riskLevel derived from the score by the server
 * @param startedAt frame time of the batch's first detection
 * @param endedAt   frame time of its last
 */
public record NewEvent(long id, String cameraId, int riskScore, RiskLevel riskLevel, String summary, String reasoning,
    Instant startedAt, Instant endedAt) {
  public NewEvent {
    if (riskScore < 0 || riskScore > 100) {
      throw new IllegalArgumentException("a risk score lies between 0 and 100: " + riskScore);
    }
  }
}
