package dev.porchlight.domain;

import java.time.Instant;

/**
 * The data of a {@code detection} message: one object found in one frame.
 *
 * @param confidence 0 to 1
 * @param detectedAt the frame's time
 * @param bboxX      left edge in pixels of the source picture as displayed; the other three likewise
 */
public record Detection(long id, String cameraId, String objectType, double confidence, Instant detectedAt, int bboxX,
    int bboxY, int bboxWidth, int bboxHeight) {}
