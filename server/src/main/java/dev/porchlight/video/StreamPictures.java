package dev.porchlight.video;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameOutcome;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Sha256;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the pictures of streams: each is a file and a row of the ledger before it is handed on. They are not forced to the
 * disk, since nobody was promised one; a row whose file a power cut took ends as vanished. A picture in which nothing was
 * found is deleted as soon as the next one of its camera has been looked at, so that each camera has a latest picture.
 * Thread-safe; one thread for each camera.
 */
final class StreamPictures {
  private static final Logger log = LoggerFactory.getLogger(StreamPictures.class);
  private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HHmmss.SSSSSS").withZone(ZoneOffset.UTC);
  /** A clock that is set back makes names come twice; not this often. */
  private static final int NAMES = 100;

  private final Path folder;
  private final FrameLedger ledger;
  private final Consumer<FrameTask> next;
  /** The latest picture of each camera in which nothing was found. */
  private final Map<String, Path> empty = new ConcurrentHashMap<>();
  private volatile boolean isFailing;

  /**
   * Makes a keeper.
   *
   * @param folder with a folder for each camera
   * @param next   takes each picture; must not block
   */
  StreamPictures(Path folder, FrameLedger ledger, Consumer<FrameTask> next) {
    this.folder = folder;
    this.ledger = ledger;
    this.next = next;
  }

  /**
   * Keeps a picture and hands it on; or, while the disk or the store does not work, drops it, since the next will come.
   *
   * @param at      when it came
   * @param noticed hears whether something was found in it, when it has been looked at
   */
  void keep(String cameraId, byte[] jpeg, Instant at, Consumer<Boolean> noticed) {
    Path file = null;
    try {
      file = write(cameraId, jpeg, at);
      Frame frame = ledger.take(new Arrival(cameraId, FrameSource.STREAM, file, jpeg.length,
          Files.getLastModifiedTime(file).toInstant(), Sha256.of(jpeg), at, at));
      if (frame == null) {
        throw new StoreException("Could not take " + file + ": the ledger has a file of this name");
      }
      isFailing = false;
      hand(frame, noticed);
    } catch (IOException | StoreException e) {
      delete(file);
      if (!isFailing && !Thread.currentThread().isInterrupted()) {
        isFailing = true;
        log.warn("camera {}: pictures of streams are dropped until disk and store work again: {}", cameraId,
            e.toString());
      }
    }
  }

  private void hand(Frame frame, Consumer<Boolean> noticed) {
    var task = new FrameTask(frame);
    var _ = task.outcome().whenComplete((outcome, _) -> {
      if (outcome != null) {
        noticed.accept(!outcome.detections().isEmpty());
        ended(frame, outcome);
      }
    });
    next.accept(task);
  }

  private void ended(Frame frame, FrameOutcome outcome) {
    if (outcome.state() == FrameState.DONE) {
      delete(outcome.detections().isEmpty()
          ? empty.put(frame.cameraId(), frame.path())
          : empty.remove(frame.cameraId()));
    } else if (outcome.state() == FrameState.DROPPED) {
      delete(frame.path());
    }
  }

  private Path write(String cameraId, byte[] jpeg, Instant at) throws IOException {
    Path day = folder.resolve(cameraId).resolve(DATE.format(at));
    Files.createDirectories(day);
    for (int number = 0;; number++) {
      Path file = day.resolve(TIME.format(at) + (number == 0 ? "" : "-" + number) + ".jpg");
      try {
        return Files.write(file, jpeg, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      } catch (FileAlreadyExistsException e) {
        if (number == NAMES) {
          throw e;
        }
      }
    }
  }

  private static void delete(@Nullable Path file) {
    if (file != null) {
      try {
        Files.deleteIfExists(file);
      } catch (IOException e) {
        log.warn("{} could not be deleted: {}", file, e.toString());
      }
    }
  }
}
