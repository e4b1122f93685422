package dev.porchlight.domain;

import java.nio.file.Path;
import java.time.Instant;

/**
 * A picture that is about to be written into the ledger.
 *
 * @param path       the file, absolute
 * @param size       bytes
 * @param modifiedAt the file's modification time; with camera, path and size it identifies a version of the file
 * @param sha256     lower-case hex
 */
public record Arrival(String cameraId, FrameSource source, Path path, long size, Instant modifiedAt, String sha256,
    Instant capturedAt, Instant arrivedAt) {}
