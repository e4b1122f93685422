package dev.porchlight.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * An earlier event of a camera, as far as it says what is usual there.
 *
 * @param subject   what it was about
 * @param startedAt frame time of its first detection
 * @param riskScore 0 to 100
 * @param opinion   what a person said of it; null when nothing
 */
public record PastEvent(ObjectGroup subject, Instant startedAt, int riskScore, @Nullable Opinion opinion) {}
