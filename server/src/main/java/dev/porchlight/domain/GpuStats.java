package dev.porchlight.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The data of a {@code gpu_stats} message; what is not known is null.
 *
 * @param gpuUtilization percent
 * @param memoryUsed     bytes
 * @param memoryTotal    bytes
 * @param temperature    degrees Celsius
 * @param inferenceFps   inferences per second over the last minute
 */
public record GpuStats(@Nullable Double gpuUtilization, @Nullable Long memoryUsed, @Nullable Long memoryTotal,
    @Nullable Double temperature, @Nullable Double inferenceFps, Instant recordedAt) {}
