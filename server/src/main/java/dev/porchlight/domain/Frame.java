package dev.porchlight.domain;

import java.nio.file.Path;
import java.time.Instant;

/**
 * One picture from one camera at one instant, as the ledger knows it.
 *
 * @param id         the ledger's row
 * @param path       the file, absolute
 * @param size       bytes
 * @param sha256     of the file's bytes when it was taken, lower-case hex
 * @param capturedAt the frame's time: see {@code docs/how-a-picture-travels.md}
 * @param arrivedAt  when it was taken, by the server's clock
 * @param tries      how often the process died while looking at it
 */
public record Frame(long id, String cameraId, FrameSource source, Path path, long size, String sha256,
    Instant capturedAt, Instant arrivedAt, int tries) {}
