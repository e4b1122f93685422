package dev.porchlight.domain;

/**
 * A detection with where it came from.
 *
 * @param filePath the picture, relative to the data folder when it lies inside, else absolute
 */
public record StoredDetection(Detection detection, long frameId, long batchId, String filePath) {}
