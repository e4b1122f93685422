package dev.porchlight.domain;

import java.util.List;

/**
 * How the way of a frame ended.
 *
 * @param state      any but {@link FrameState#WAITING}
 * @param reason     one line for people; empty when {@code state} is {@link FrameState#DONE}
 * @param detections what was found and stored
 */
public record FrameOutcome(FrameState state, String reason, List<StoredDetection> detections) {
  public FrameOutcome {
    detections = List.copyOf(detections);
  }
}
