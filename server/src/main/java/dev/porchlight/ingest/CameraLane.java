package dev.porchlight.ingest;

import dev.porchlight.domain.Arrival;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.WireTime;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.picture.Probed;
import dev.porchlight.pipeline.ClipIntake;
import dev.porchlight.pipeline.FrameIntake.Place;
import dev.porchlight.pipeline.FrameTask;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the pictures of one camera, one after the other, on a thread of its own: a camera that floods, or whose frames
 * have no room further on, holds up nobody else.
 */
final class CameraLane {
  private static final Logger log = LoggerFactory.getLogger(CameraLane.class);
  private static final Duration STORE_PAUSE = Duration.ofSeconds(5);
  private static final Duration LATER = Duration.ofMinutes(1);

  private final String cameraId;
  private final Ingesting shared;
  private final CandidateQueue queue;
  private final TaskGuard guard;
  private final Thread thread;
  private volatile boolean known;
  private volatile boolean stopping;
  /** Confined to the lane's thread. */
  private boolean storeFails;

  CameraLane(String cameraId, Ingesting shared, CandidateQueue queue) {
    this.cameraId = cameraId;
    this.shared = shared;
    this.queue = queue;
    this.guard = new TaskGuard("ingest-" + cameraId);
    this.thread = Thread.ofVirtual().name("ingest-" + cameraId).unstarted(this::run);
  }

  String cameraId() {
    return cameraId;
  }

  CandidateQueue queue() {
    return queue;
  }

  void start() {
    thread.start();
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  Component taskState() {
    return guard.state();
  }

  /** Lets the file that it is at be the last; returns the thread, to wait for. */
  Thread stop() {
    stopping = true;
    thread.interrupt();
    return thread;
  }

  /** Makes the camera known to the store. */
  void ensureKnown() {
    if (!known) {
      if (shared.cameras().ensure(cameraId, shared.now())) {
        log.info("camera {}: new, by its folder", cameraId);
      }
      known = true;
    }
  }

  /** True when the camera takes no pictures: somebody has disabled or deleted it. Its folder is then left alone. */
  boolean isClosed() {
    return shared.cameras().find(cameraId).map(camera -> !camera.settings().enabled()).orElse(true);
  }

  private void run() {
    guard.loop(() -> stopping, this::takeNext);
  }

  private void takeNext() throws InterruptedException {
    Candidate candidate = queue.take();
    try {
      look(candidate);
    } catch (StoreException e) {
      pause(candidate, e);
    } catch (RuntimeException e) {
      log.error("camera {}: {} could not be taken", cameraId, Printable.of(candidate.path()), e);
      done(candidate);
    } catch (Error e) {
      // The next scan finds the file again.
      done(candidate);
      throw e;
    }
  }

  private void look(Candidate candidate) throws InterruptedException {
    Path file = candidate.path();
    try {
      FileVersion version = PictureFile.version(file);
      if (!version.equals(candidate.version())) {
        queue.changed(candidate, version);
      } else if (candidate.unfinished() && restedFor(candidate).compareTo(shared.config().incompleteAfter()) < 0) {
        queue.again(candidate, lookAgain(candidate));
      } else if (isKnown(version) || isClosed()) {
        done(candidate);
      } else {
        read(candidate);
      }
    } catch (NoSuchFileException _) {
      vanished(file);
      done(candidate);
    } catch (IOException e) {
      if (stopping) {
        throw new InterruptedException("closing");
      }
      shared.refusals().tellOnce(file, Refusal.UNREADABLE, "it cannot be read: " + e);
      done(candidate);
    }
  }

  private void read(Candidate candidate) throws IOException, InterruptedException {
    Path file = candidate.path();
    if (!file.toRealPath().startsWith(shared.config().root().toRealPath())) {
      shared.refusals().tellOnce(file, Refusal.LINK, "it lies outside of camera.root, behind a symbolic link");
      done(candidate);
      return;
    }
    if (PictureFile.isNamedLikeClip(file)) {
      readClip(candidate);
      return;
    }
    switch (PictureCheck.of(file)) {
      case PictureCheck.Whole(Probed probed) -> take(candidate, probed);
      case PictureCheck.Bad(Refusal reason, String detail) -> reject(candidate, reason, detail);
      case PictureCheck.Unfinished(Refusal reason, String detail) -> {
        if (restedFor(candidate).compareTo(shared.config().incompleteAfter()) < 0) {
          queue.again(candidate, lookAgain(candidate));
        } else {
          reject(candidate, reason, detail);
        }
      }
    }
  }

  /** Reads a whole video, here and now: what the camera sent later comes later. */
  private void readClip(Candidate candidate) throws IOException, InterruptedException {
    FileVersion version = candidate.version();
    if (version.size() > shared.config().maxClipSize()) {
      reject(candidate, Refusal.TOO_LARGE,
          "it has " + version.size() + " bytes, more than the " + shared.config().maxClipSize()
              + " of ingest.max-clip-size");
      return;
    }
    ensureKnown();
    boolean rested = restedFor(candidate).compareTo(shared.config().incompleteAfter()) >= 0;
    ClipIntake.Reading reading = shared.clips().read(cameraId, version, rested);
    storeFails = false;
    switch (reading) {
      case ClipIntake.Reading.Ended() -> {
        shared.refusals().forget(version.path());
        done(candidate);
      }
      case ClipIntake.Reading.Unfinished() -> queue.again(candidate, lookAgain(candidate));
      case ClipIntake.Reading.Later() -> queue.again(candidate, new Candidate(version, candidate.changedNanos(),
          shared.nanoTime().getAsLong() + LATER.toNanos(), candidate.unfinished()));
      case ClipIntake.Reading.Refused(String detail) -> reject(candidate, Refusal.DAMAGED, detail);
    }
  }

  private void take(Candidate candidate, Probed probed) throws IOException, InterruptedException {
    try (Place place = shared.intake().reserve(cameraId)) {
      // The wait may have been long.
      FileVersion version = PictureFile.version(candidate.path());
      if (!version.equals(candidate.version()) || probed.size() != version.size()) {
        queue.changed(candidate, version);
        return;
      }
      ensureKnown();
      if (isClosed()) {
        done(candidate);
        return;
      }
      Instant now = shared.now();
      Frame frame = shared.ledger()
          .take(new Arrival(cameraId, FrameSource.FOLDER, version.path(), version.size(),
              version.modifiedAt(), probed.sha256(), capturedAt(version, now), now));
      storeFails = false;
      if (frame != null) {
        try {
          shared.arrived().accept(frame);
        } finally {
          place.submit(new FrameTask(frame));
        }
      }
      shared.refusals().forget(version.path());
      done(candidate);
    }
  }

  private Instant capturedAt(FileVersion version, Instant now) {
    return WireTime.truncate(shared.times().ofFile(cameraId, version.modifiedAt(), now));
  }

  private void reject(Candidate candidate, Refusal reason, String detail) throws IOException {
    FileVersion version = PictureFile.version(candidate.path());
    if (!version.equals(candidate.version())) {
      queue.changed(candidate, version);
      return;
    }
    ensureKnown();
    shared.ledger()
        .recordUnread(cameraId, FrameSource.FOLDER, List.of(version), FrameState.REJECTED, detail,
            shared.now());
    storeFails = false;
    shared.refusals().tell(version.path(), reason, detail);
    done(candidate);
  }

  /** When a whole folder goes, that is one line and not one for each picture; when all of them go, none. */
  private void vanished(Path file) {
    Path folder = file.getParent();
    if (folder == null || !Files.isDirectory(shared.config().root())) {
      return;
    }
    if (Files.isDirectory(folder)) {
      shared.refusals().tell(file, Refusal.VANISHED, "it was gone before it was read");
    } else {
      shared.refusals().tellOnce(folder, Refusal.VANISHED, "it was gone before its pictures were read");
    }
  }

  private boolean isKnown(FileVersion version) {
    return !shared.known(cameraId, List.of(version)).isEmpty();
  }

  private void pause(Candidate candidate, StoreException e) {
    if (!storeFails && !stopping) {
      storeFails = true;
      log.warn("camera {}: nothing is taken until the store works again: {}", cameraId, e.getMessage());
    }
    queue.again(candidate, new Candidate(candidate.version(), candidate.changedNanos(),
        shared.nanoTime().getAsLong() + STORE_PAUSE.toNanos(), candidate.unfinished()));
  }

  private void done(Candidate candidate) {
    if (queue.done(candidate)) {
      shared.scanWanted().run();
    }
  }

  private Duration restedFor(Candidate candidate) {
    return Duration.ofNanos(shared.nanoTime().getAsLong() - candidate.changedNanos());
  }

  /** Often enough to see soon that somebody writes on, seldom enough for a folder full of broken files. */
  private Candidate lookAgain(Candidate candidate) {
    long pause = Math.max(shared.config().debounce().toNanos(), shared.config().incompleteAfter().toNanos() / 10);
    long giveUp = candidate.changedNanos() + shared.config().incompleteAfter().toNanos();
    long next = shared.nanoTime().getAsLong() + pause;
    return new Candidate(candidate.version(), candidate.changedNanos(), next - giveUp > 0 ? giveUp : next, true);
  }
}
