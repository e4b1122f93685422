package dev.porchlight.domain;

import java.util.List;

/**
 * A detection with what it takes to show its picture.
 *
 * @param others the other detections of the same frame, by id
 * @param size   bytes of the picture when it was looked at
 * @param sha256 of those bytes, lower-case hex: a camera may have written another picture over it since
 */
public record DetectionPicture(StoredDetection detection, List<StoredDetection> others, long size, String sha256) {
  public DetectionPicture {
    others = List.copyOf(others);
  }
}
