package dev.porchlight.video;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Clip;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Sha256;
import dev.porchlight.domain.WireTime;
import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.FrameLedger;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pictures of one video file: each is on disk and in the ledger before it is handed on. A picture's name, size and
 * time are the same however often the file is read, since one that is there already is left as it is; so the ledger knows it
 * again. Those in which nothing was found are deleted when the whole file has been read. Confined to one thread.
 */
final class ClipPictures {
  private static final Logger log = LoggerFactory.getLogger(ClipPictures.class);

  private final Clip clip;
  private final Instant startedAt;
  private final Path base;
  private final Path folder;
  private final FrameIntake intake;
  private final FrameLedger ledger;
  private final Clock clock;
  private final Consumer<Boolean> noticed;
  private final Queue<Path> empty = new ConcurrentLinkedQueue<>();
  private volatile boolean isRead;

  /**
   * Makes a keeper for one clip.
   *
   * @param startedAt when the clip begins
   * @param base      with a folder for each camera
   * @param noticed   hears whether something was found in a picture, when it has been looked at
   */
  ClipPictures(Clip clip, Instant startedAt, Path base, FrameIntake intake, FrameLedger ledger, Clock clock,
      Consumer<Boolean> noticed) {
    this.clip = clip;
    this.startedAt = startedAt;
    this.base = base;
    this.folder = base.resolve(clip.cameraId()).resolve(Long.toString(clip.id()));
    this.intake = intake;
    this.ledger = ledger;
    this.clock = clock;
    this.noticed = noticed;
  }

  /** When the picture at a position was taken. */
  Instant timeOf(Duration position) {
    return WireTime.truncate(startedAt.plus(position));
  }

  /**
   * Keeps a picture and hands it on, waiting for room; does nothing when the ledger has it.
   *
   * @throws IOException when it cannot be written
   */
  void keep(Duration position, byte[] jpeg) throws IOException, InterruptedException {
    try (FrameIntake.Place place = intake.reserve(clip.cameraId())) {
      Path file = folder.resolve(String.format(Locale.ROOT, "%09d.jpg", position.toMillis()));
      Instant capturedAt = timeOf(position);
      DurableFile.write(file, jpeg, capturedAt, base);
      byte[] bytes = Files.readAllBytes(file);
      Frame frame = ledger.take(new Arrival(clip.cameraId(), FrameSource.CLIP, file, bytes.length,
          Files.getLastModifiedTime(file).toInstant(), Sha256.of(bytes), capturedAt,
          WireTime.truncate(clock.instant())));
      if (frame != null) {
        var task = new FrameTask(frame);
        var _ = task.outcome().whenComplete((outcome, _) -> {
          if (outcome != null) {
            ended(file, outcome);
          }
        });
        place.submit(task);
      }
    }
  }

  /** All of the clip has been read: what was kept only to be known again may go. */
  void end() {
    isRead = true;
    deleteEmpty();
  }

  private void ended(Path file, FrameOutcome outcome) {
    noticed.accept(!outcome.detections().isEmpty());
    if (outcome.state() == FrameState.DONE && outcome.detections().isEmpty()) {
      empty.add(file);
      if (isRead) {
        deleteEmpty();
      }
    }
  }

  private void deleteEmpty() {
    for (Path file = empty.poll(); file != null; file = empty.poll()) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        log.warn("{} could not be deleted: {}", file, e.toString());
      }
    }
  }
}
