package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.WireTime;
import dev.porchlight.pipeline.ClipIntake;
import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.FrameLedger;
import io.micrometer.core.instrument.Counter;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What all cameras' lanes and scans work with.
 *
 * @param arrived    hears of each frame that is taken, before it is looked at
 * @param deferred   counts the files left to a later scan, for want of room
 * @param scanWanted asks for a scan soon
 * @param lastAlive  until when the server before this one was alive; null when there was none
 */
record Ingesting(IngestConfig config, FrameIntake intake, ClipIntake clips, FrameLedger ledger, CameraStore cameras,
    Refusals refusals,
    Clock clock, LongSupplier nanoTime, Consumer<Frame> arrived, Counter deferred,
    Runnable scanWanted, @Nullable Instant lastAlive) {
  Instant now() {
    return WireTime.truncate(clock.instant());
  }

  /** Those of {@code files}, pictures and videos, that have been dealt with or wait for it. */
  Set<FileVersion> known(String cameraId, Collection<FileVersion> files) {
    Set<FileVersion> known = ledger.known(cameraId, files);
    List<FileVersion> rest = files.stream()
        .filter(file -> PictureFile.isNamedLikeClip(file.path()) && !known.contains(file))
        .toList();
    if (rest.isEmpty()) {
      return known;
    }
    var all = new HashSet<>(known);
    all.addAll(clips.ended(cameraId, rest));
    return all;
  }
}
