package dev.porchlight.domain;

import java.time.Instant;

/**
 * A picture in memory. The array is handed over, not copied.
 *
 * @param takenAt when the camera took it
 */
@SuppressWarnings("ArrayRecordComponent")
public record TakenPicture(byte[] jpeg, Instant takenAt) {}
