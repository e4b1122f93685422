package dev.porchlight.detection;

import dev.porchlight.domain.Box;
import dev.porchlight.domain.DetectedObject;
import dev.porchlight.domain.ObjectGroup;

/**
 * What a model says it sees.
 *
 * @param label as COCO spells it
 * @param score 0 to 1
 * @param left  in parts of the picture's width, as {@code right}; {@code top} and {@code bottom} of its height; they may
 *              reach beyond the picture
 */
record Candidate(String label, ObjectGroup group, float score, float left, float top, float right, float bottom) {
  private static final double CONFIDENCE_STEPS = 10_000;

  /** Intersection over union, 0 to 1. */
  float overlap(Candidate other) {
    float across = Math.min(right, other.right) - Math.max(left, other.left);
    float down = Math.min(bottom, other.bottom) - Math.max(top, other.top);
    if (across <= 0 || down <= 0) {
      return 0;
    }
    float shared = across * down;
    return shared / (area() + other.area() - shared);
  }

  private float area() {
    return (right - left) * (bottom - top);
  }

  /** In pixels of a picture of this size, clamped into it, at least one pixel; with the four decimals the wire has. */
  DetectedObject in(int width, int height) {
    int x = Math.clamp(Math.round(left * width), 0, width - 1);
    int y = Math.clamp(Math.round(top * height), 0, height - 1);
    int endX = Math.clamp(Math.round(right * width), x + 1, width);
    int endY = Math.clamp(Math.round(bottom * height), y + 1, height);
    double confidence = Math.round(Math.clamp(score, 0f, 1f) * CONFIDENCE_STEPS) / CONFIDENCE_STEPS;
    return new DetectedObject(label, confidence, new Box(x, y, endX - x, endY - y));
  }
}
