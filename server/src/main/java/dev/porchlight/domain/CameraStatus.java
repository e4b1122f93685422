package dev.porchlight.domain;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** The data of a {@code camera_status} message: a camera came or went. */
public record CameraStatus(String cameraId, CameraState status, @Nullable Instant lastSeenAt) {}
