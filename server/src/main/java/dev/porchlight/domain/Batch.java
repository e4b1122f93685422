package dev.porchlight.domain;

import java.time.Instant;

/**
 * The detections of one camera that belong together in time.
 *
 * @param firstAt frame time of its first detection
 * @param lastAt  frame time of its last detection
 */
public record Batch(long id, String cameraId, Instant firstAt, Instant lastAt) {}
