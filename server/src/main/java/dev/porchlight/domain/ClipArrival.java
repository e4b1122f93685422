package dev.porchlight.domain;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A video file that is about to be read.
 *
 * @param file     which version of which file; its path is absolute
 * @param sha256   of its bytes, lower-case hex; null when they were not read as a whole
 * @param duration how long it is, at least a millisecond; null when it does not say
 */
public record ClipArrival(String cameraId, FileVersion file, @Nullable String sha256, @Nullable Duration duration,
    Instant arrivedAt) {}
