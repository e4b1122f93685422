package dev.porchlight.video;

import dev.porchlight.domain.Camera;
import dev.porchlight.domain.CameraSettings;
import dev.porchlight.domain.Clip;
import dev.porchlight.domain.ClipArrival;
import dev.porchlight.domain.ClipState;
import dev.porchlight.domain.FileTime;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Sha256;
import dev.porchlight.domain.WireTime;
import dev.porchlight.metrics.Ticker;
import dev.porchlight.pipeline.ClipIntake;
import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.ClipLedger;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads video files: samples them at the camera's rate, lets the motion gate choose, and makes frames of what passes, each
 * with its own time. How far it came is in the store, so that a server that was killed in the middle of a film goes on
 * there. Two films are read at a time. Thread-safe.
 */
public final class Clips implements ClipIntake, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Clips.class);
  private static final int AT_ONCE = 2;
  private static final Duration TICK = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(5);
  /** As with pictures: tools copy a folder anew, and cameras upload twice when an answer is lost. */
  private static final Duration REPEAT = Duration.ofMinutes(5);

  private final VideoTools video;
  private final ClipLedger clips;
  private final FrameLedger frames;
  private final CameraStore cameras;
  private final FrameIntake intake;
  private final BiConsumer<String, Instant> seen;
  private final BiConsumer<String, Instant> skipped;
  private final MeterRegistry meters;
  private final Clock clock;
  private final ExecutorService workers = Executors.newFixedThreadPool(AT_ONCE,
      Thread.ofPlatform().name("clip-", 1).daemon().factory());
  private final Ticker watch = new Ticker("clip-watch");
  private final Set<ClipJob> running = ConcurrentHashMap.newKeySet();
  /** What earlier servers have begun and not ended. */
  private final Set<Begun> begun = ConcurrentHashMap.newKeySet();
  private final Set<Path> underWay = ConcurrentHashMap.newKeySet();

  /**
   * Makes a reader.
   *
   * @param video   what reads video
   * @param seen    hears of each file that is read, by its camera and when: a sign of life
   * @param skipped hears of each picture that does not pass the motion gate, by its camera and its own time
   */
  public Clips(VideoTools video, ClipLedger clips, FrameLedger frames, CameraStore cameras, FrameIntake intake,
      BiConsumer<String, Instant> seen, BiConsumer<String, Instant> skipped, MeterRegistry meters, Clock clock) {
    this.video = video;
    this.clips = clips;
    this.frames = frames;
    this.cameras = cameras;
    this.intake = intake;
    this.seen = seen;
    this.skipped = skipped;
    this.meters = meters;
    this.clock = clock;
  }

  /** Takes up what earlier servers have not read to the end: what is still there, the folders' next scan will find. */
  public void start() {
    for (Clip clip : clips.reading()) {
      var version = new FileVersion(clip.path(), clip.size(), clip.modifiedAt());
      if (isThere(version)) {
        begun.add(new Begun(clip.cameraId(), version));
        underWay.add(video.config().clips().resolve(clip.cameraId()).resolve(Long.toString(clip.id())));
      } else {
        clips.finish(clip.id(), ClipState.VANISHED, "it was gone, or written anew, before it was read to its end");
      }
    }
    watch.every(TICK, TICK, () -> running.forEach(ClipJob::endIfStuck));
  }

  @Override
  public Set<FileVersion> ended(String cameraId, Collection<FileVersion> files) {
    var ended = new HashSet<>(clips.known(cameraId, files));
    ended.removeIf(file -> isBegun(cameraId, file));
    return ended;
  }

  @Override
  public boolean isBegun(String cameraId, FileVersion file) {
    return begun.contains(new Begun(cameraId, file));
  }

  @Override
  public Reading read(String cameraId, FileVersion file, boolean rested) throws InterruptedException {
    Future<Reading> reading;
    try {
      reading = workers.submit(() -> readHere(cameraId, file, rested));
    } catch (RejectedExecutionException _) {
      throw new InterruptedException("closing");
    }
    try {
      return reading.get();
    } catch (InterruptedException e) {
      reading.cancel(true);
      throw e;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof InterruptedException || e.getCause() instanceof ClosedByInterruptException
          || e.getCause() instanceof InterruptedIOException) {
        throw new InterruptedException("closing");
      }
      if (e.getCause() instanceof StoreException failure) {
        throw failure;
      }
      if (e.getCause() instanceof IOException) {
        log.warn("camera {}: {} is read on later: {}", cameraId, file.path(), e.getCause().toString());
      } else {
        log.error("camera {}: {} could not be read", cameraId, file.path(), e.getCause());
      }
      return new Reading.Later();
    }
  }

  /** True for the folder of a clip that has been begun and not ended: its pictures are there to be known again. */
  public boolean isUnderWay(Path folder) {
    return underWay.contains(folder);
  }

  /** The state of its tasks: down when one has ended, degraded while one fails. */
  public Component taskState() {
    return watch.state();
  }

  /** Ends what is being read, within seconds; the next start goes on there. */
  @Override
  public void close() {
    workers.shutdownNow();
    watch.close();
    try {
      if (!workers.awaitTermination(STOP.toMillis(), TimeUnit.MILLISECONDS)) {
        log.warn("a video file was not let go of within {} s", STOP.toSeconds());
      }
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }

  private Reading readHere(String cameraId, FileVersion file, boolean rested)
      throws IOException, InterruptedException {
    try {
      if (!rested && ClipStructure.of(file.path()) != ClipStructure.Extent.WHOLE) {
        return new Reading.Unfinished();
      }
      Ffmpeg ffmpeg = ffmpeg(cameraId, file);
      return ffmpeg == null ? new Reading.Later() : read(ffmpeg, cameraId, file, rested);
    } catch (NoSuchFileException _) {
      // Whoever looks next finds that out.
      return new Reading.Unfinished();
    }
  }

  private @Nullable Ffmpeg ffmpeg(String cameraId, FileVersion file)
      throws InterruptedException {
    try {
      return video.ffmpeg().get();
    } catch (VideoException e) {
      if (video.isNewTrouble(String.valueOf(e.getMessage()))) {
        log.warn("camera {}: {} waits: {}", cameraId, file.path(), e.getMessage());
      }
      return null;
    }
  }

  private Reading read(Ffmpeg ffmpeg, String cameraId, FileVersion file, boolean rested)
      throws IOException, InterruptedException {
    String name = Thread.currentThread().getName();
    Duration length;
    try {
      length = ClipLength.of(ffmpeg, name, file.path());
    } catch (VideoException e) {
      return rested ? new Reading.Refused(String.valueOf(e.getMessage())) : new Reading.Unfinished();
    }
    Instant now = WireTime.truncate(clock.instant());
    String sha256 = Sha256.of(file.path());
    if (!isThere(file)) {
      return new Reading.Unfinished();
    }
    if (!isBegun(cameraId, file) && clips.readSince(cameraId, sha256, now.minus(REPEAT))) {
      frames.recordUnread(cameraId, FrameSource.FOLDER, List.of(file), FrameState.DUPLICATE,
          "the same video came a moment ago", now);
      meters.counter("porchlight.pictures.duplicate").increment();
      return new Reading.Ended();
    }
    Clip clip = clips.begin(new ClipArrival(cameraId, file, sha256, length, now));
    if (clip == null) {
      return new Reading.Ended();
    }
    begun.add(new Begun(cameraId, file));
    seen.accept(cameraId, now);
    take(ffmpeg, name, clip, length);
    begun.remove(new Begun(cameraId, file));
    return new Reading.Ended();
  }

  private void take(Ffmpeg ffmpeg, String name, Clip clip, Duration length) throws IOException, InterruptedException {
    CameraSettings settings = cameras.find(clip.cameraId()).map(Camera::settings).orElse(CameraSettings.STANDARD);
    VideoConfig config = video.config();
    double fps = settings.fps() == null ? config.fps() : settings.fps();
    var gate = new MotionGate(settings.sensitivity() == null ? config.sensitivity() : settings.sensitivity());
    Instant endedAt = FileTime.of(clip.modifiedAt(), clip.arrivedAt());
    var pictures = new ClipPictures(clip, endedAt.minus(length), config.clips(), intake, frames, clock, gate::noticed);
    var read = meters.counter("porchlight.video.frames", "camera", clip.cameraId());
    var passedOver = meters.counter("porchlight.video.skipped", "camera", clip.cameraId());
    var job = new ClipJob(clip, fps, pictures, gate, video.encoder(), clips, skipped, read::increment,
        passedOver::increment);
    running.add(job);
    try {
      job.read(ffmpeg, name, length, config.maxWidth());
      finish(clip, "");
    } catch (VideoException e) {
      log.warn("camera {}: {} is read up to where it breaks off: {}", clip.cameraId(), clip.path(), e.getMessage());
      finish(clip, "it breaks off: " + e.getMessage());
    } finally {
      running.remove(job);
    }
    meters.counter("porchlight.clips.read").increment();
    pictures.end();
  }

  private void finish(Clip clip, String reason) {
    if (isThere(new FileVersion(clip.path(), clip.size(), clip.modifiedAt()))) {
      clips.finish(clip.id(), ClipState.DONE, reason);
    } else {
      clips.finish(clip.id(), ClipState.VANISHED, "it was gone, or written anew, before it was read to its end");
    }
  }

  private static boolean isThere(FileVersion file) {
    try {
      var attributes = Files.readAttributes(file.path(), BasicFileAttributes.class);
      return attributes.isRegularFile() && new FileVersion(file.path(), attributes.size(),
          attributes.lastModifiedTime().toInstant()).equals(file);
    } catch (IOException _) {
      return false;
    }
  }

  private record Begun(String cameraId, FileVersion file) {}
}
