package dev.porchlight.domain;

/**
 * One object that a detector found in a picture, before it is stored.
 *
 * @param objectType the class as COCO names it: {@code person}, {@code car}, {@code dog}, …
 * @param confidence 0 to 1
 * @param box        where, in pixels of the source picture as displayed
 */
public record DetectedObject(String objectType, double confidence, Box box) {
  public DetectedObject {
    if (!(confidence >= 0 && confidence <= 1)) {
      throw new IllegalArgumentException("a confidence lies between 0 and 1: " + confidence);
    }
  }
}
