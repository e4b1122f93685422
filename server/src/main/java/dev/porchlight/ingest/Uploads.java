package dev.porchlight.ingest;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.Submission;
import dev.porchlight.domain.WireTime;
import dev.porchlight.picture.PictureInfo;
import dev.porchlight.picture.Probed;
import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.pipeline.FrameIntake.Place;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.DiskFullException;
import dev.porchlight.store.DiskSpace;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes pictures that are handed in. Each becomes {@code <camera>/<UTC date>/<UTC time>-<unique>.jpg} or {@code .png} and a
 * row of the ledger, both on disk before the sender hears that it is accepted. The same bytes twice are two frames: whoever
 * hands in a picture wants an answer to it. Thread-safe.
 */
public final class Uploads {
  /** The most bytes that a picture may have. */
  public static final long MOST_BYTES = PictureCheck.MAX_BYTES;

  private static final Logger log = LoggerFactory.getLogger(Uploads.class);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSS").withZone(ZoneOffset.UTC);

  private final UploadConfig config;
  private final FrameIntake intake;
  private final FrameLedger ledger;
  private final CameraStore cameras;
  private final DiskSpace disk;
  private final Refusals refusals;
  private final FrameTime times;
  private final Clock clock;
  private final RandomGenerator random;
  private final Consumer<Frame> arrived;

  /**
   * Makes a taker of uploads; {@link #prepare} comes before the first.
   *
   * @param disk    hears of files that could not be kept
   * @param random  makes names unique
   * @param arrived hears of each frame that is taken, before it is looked at; must not block
   */
  public Uploads(UploadConfig config, FrameIntake intake, FrameLedger ledger, CameraStore cameras, DiskSpace disk,
      MeterRegistry meters, Clock clock, RandomGenerator random, Consumer<Frame> arrived) {
    this.config = config;
    this.intake = intake;
    this.ledger = ledger;
    this.cameras = cameras;
    this.disk = disk;
    this.refusals = new Refusals(meters);
    this.times = new FrameTime(meters);
    this.clock = clock;
    this.random = random;
    this.arrived = arrived;
  }

  /** Where bodies are written while they are received; on the same file system as where they end. */
  public Path incoming() {
    return config.folder().resolve(".incoming");
  }

  /**
   * Creates the folder for what is being received, and deletes what a server that died left in it. A picture that was moved
   * to its place and has no row in the ledger stays: nobody was told that it was accepted, and an older ledger that was put
   * back must not cost pictures.
   *
   * @throws UncheckedIOException when there is no such folder and none can be made
   */
  public void prepare() {
    try {
      DurableFiles.createFolder(config.folder());
      DurableFiles.createFolder(incoming());
      try (var left = Files.newDirectoryStream(incoming())) {
        for (Path file : left) {
          Files.deleteIfExists(file);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the folder for uploads " + incoming() + " cannot be prepared: " + e, e);
    }
  }

  /**
   * Takes a picture, or says why not. Returns when it is on disk, and does not wait for anything else.
   *
   * @param cameraId   a valid id
   * @param body       the whole picture, in {@link #incoming()}; it is moved or deleted
   * @param senderTime when the sender says that it was taken, or null; not believed when it cannot be
   * @throws UncheckedIOException when the disk fails; nothing is kept
   * @throws DiskFullException    when it is full; nothing is kept
   * @throws StoreException       when the ledger fails; nothing is kept
   */
  public Submission submit(String cameraId, Path body, @Nullable Instant senderTime) {
    CameraId.requireValid(cameraId);
    try {
      return switch (PictureCheck.of(body)) {
        case PictureCheck.Whole(Probed probed) -> accept(cameraId, body, probed, senderTime);
        case PictureCheck.Bad(Refusal reason, String detail) -> refuse(cameraId, reason, detail);
        case PictureCheck.Unfinished(Refusal reason, String detail) -> refuse(cameraId, reason, detail);
      };
    } catch (IOException e) {
      String message = "an upload of camera " + cameraId + " could not be kept: " + e;
      throw disk.noteFailure(e) ? new DiskFullException(message, e) : new UncheckedIOException(message, e);
    } finally {
      delete(body);
    }
  }

  private Submission accept(String cameraId, Path body, Probed probed, @Nullable Instant senderTime)
      throws IOException {
    Camera camera = cameras.find(cameraId).orElse(null);
    if (camera == null && !config.autoCreate()) {
      return new Submission.UnknownCamera(cameraId);
    }
    if (camera != null && !camera.settings().enabled()) {
      return new Submission.Closed("camera " + cameraId + " is disabled");
    }
    var reserved = intake.tryReserve(cameraId);
    if (reserved.isEmpty()) {
      return new Submission.Busy(RETRY_AFTER);
    }
    try (Place place = reserved.get()) {
      Instant now = WireTime.truncate(clock.instant());
      if (camera == null && !make(cameraId, now)) {
        return new Submission.Closed(
            "camera " + cameraId + " was deleted, and its history is still being forgotten: come again in a moment");
      }
      Path file = place(cameraId, probed, now);
      DurableFiles.move(body, file, config.folder());
      Instant capturedAt = WireTime.truncate(times.ofSender(cameraId, senderTime, now));
      Frame frame = write(cameraId, file, probed, capturedAt, now);
      var task = new FrameTask(frame);
      try {
        arrived.accept(frame);
      } finally {
        place.submit(task);
      }
      return new Submission.Accepted(frame, task.outcome());
    }
  }

  /** Makes a camera, be it a deleted one anew; false while what it has seen is being forgotten. */
  private boolean make(String cameraId, Instant now) {
    try {
      if (cameras.create(Camera.made(cameraId, cameraId, CameraSettings.STANDARD, now))) {
        log.info("camera {}: new, by its first upload", cameraId);
      }
      return true;
    } catch (StoreException e) {
      if (e.isRefusal()) {
        return false;
      }
      throw e;
    }
  }

  private Frame write(String cameraId, Path file, Probed probed, Instant capturedAt, Instant now) throws IOException {
    boolean isWritten = false;
    try {
      Instant modifiedAt = Files.getLastModifiedTime(file).toInstant();
      Frame frame = ledger.take(new Arrival(cameraId, FrameSource.HTTP, file, probed.size(), modifiedAt,
          probed.sha256(), capturedAt, now));
      if (frame == null) {
        throw new StoreException("Could not take " + file + ": the ledger has a file of this name");
      }
      isWritten = true;
      return frame;
    } finally {
      if (!isWritten) {
        delete(file);
      }
    }
  }

  private Path place(String cameraId, Probed probed, Instant now) {
    String unique = String.format("%016x", random.nextLong());
    String end = probed.info().kind() == PictureInfo.Kind.PNG ? ".png" : ".jpg";
    return config.folder().resolve(cameraId).resolve(DATE.format(now)).resolve(TIME.format(now) + "-" + unique + end);
  }

  private Submission refuse(String cameraId, Refusal reason, String detail) {
    refusals.count(reason);
    log.warn("camera {}: an upload is not taken: {}", cameraId, Printable.of(detail));
    return new Submission.Refused(switch (reason) {
      case TOO_LARGE -> Submission.Reason.TOO_LARGE;
      case TOO_MANY_PIXELS -> Submission.Reason.TOO_MANY_PIXELS;
      case DAMAGED -> Submission.Reason.DAMAGED;
      case NOT_A_PICTURE, UNREADABLE, VANISHED, NO_CAMERA, LINK, BAD_NAME -> Submission.Reason.NOT_A_PICTURE;
    }, detail);
  }

  private static void delete(Path file) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      log.warn("{} could not be deleted: {}", file, e.toString());
    }
  }
}
