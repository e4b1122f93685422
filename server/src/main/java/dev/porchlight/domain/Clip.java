package dev.porchlight.domain;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A video file from which pictures are taken, as the store knows it.
 *
 * @param id          the store's row
 * @param path        the file, absolute
 * @param size        bytes
 * @param modifiedAt  the file's modification time; with camera, path and size it identifies a version of the file
 * @param sha256      of the file's bytes, lower-case hex; null when they were not read as a whole
 * @param duration    how long it is; null when it does not say
 * @param framesTaken how many of its pictures are in the ledger
 * @param position    up to where its pictures are in the ledger, from its beginning
 * @param reason      one line for people; empty while it is read and when it is done
 * @param arrivedAt   when it was first seen, by the server's clock
 */
public record Clip(long id, String cameraId, Path path, long size, Instant modifiedAt, @Nullable String sha256,
    @Nullable Duration duration, int framesTaken, Duration position, ClipState state, String reason,
    Instant arrivedAt) {}
