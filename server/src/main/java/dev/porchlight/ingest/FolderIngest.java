package dev.porchlight.ingest;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import dev.porchlight.domain.Frame;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.pipeline.ClipIntake;
import dev.porchlight.pipeline.FrameIntake;
import dev.porchlight.store.CameraStore;
import dev.porchlight.store.FrameLedger;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes the pictures and videos that cameras, FTP servers and people put into {@code <camera.root>/<camera id>/}, each exactly once:
 * the ledger says what was taken. A folder that appears is a camera. Files are read and never changed, moved or deleted.
 * Thread-safe.
 */
public final class FolderIngest implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(FolderIngest.class);
  private static final Duration STOP = Duration.ofSeconds(5);

  private final Ingesting shared;
  private final ScanRequests requests;
  private final CameraLanes lanes;
  private final Supplier<DirectoryWatch> watches;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private @Nullable RootWatcher watcher;
  @GuardedBy("lock")
  private boolean closed;

  /**
   * Makes an ingest that does not run yet.
   *
   * @param clips    reads the videos
   * @param clock    wall clock
   * @param nanoTime a clock that never goes back: {@code System::nanoTime}
   * @param arrived   hears of each frame that is taken, before it is looked at; must not block
   * @param lastAlive until when the server before this one was alive; null when there was none
   */
  public FolderIngest(IngestConfig config, FrameIntake intake, ClipIntake clips, FrameLedger ledger,
      CameraStore cameras, MeterRegistry meters, Clock clock, LongSupplier nanoTime, Consumer<Frame> arrived,
      @Nullable Instant lastAlive) {
    this(config, intake, clips, ledger, cameras, meters, clock, nanoTime, arrived, lastAlive, () -> openWatch(config),
        CameraLanes.CANDIDATES);
  }

  FolderIngest(IngestConfig config, FrameIntake intake, ClipIntake clips, FrameLedger ledger, CameraStore cameras,
      MeterRegistry meters,
      Clock clock, LongSupplier nanoTime, Consumer<Frame> arrived, @Nullable Instant lastAlive,
      Supplier<DirectoryWatch> watches, int candidates) {
    this.requests = new ScanRequests();
    this.shared = new Ingesting(config, intake, clips, ledger, cameras, new Refusals(meters), clock, nanoTime, arrived,
        meters.counter("porchlight.pictures.deferred"), requests::add, lastAlive);
    this.lanes = new CameraLanes(shared, candidates);
    this.watches = watches;
  }

  /**
   * Creates {@code camera.root} if it is missing, and begins to watch it. Does not wait until what is there has been gone
   * through.
   *
   * @throws UncheckedIOException when there is no such folder and none can be made
   */
  public void start() {
    Path root = shared.config().root();
    try {
      if (!Files.isDirectory(root)) {
        Files.createDirectories(root);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("camera.root " + root + " is no folder and cannot be created: " + e, e);
    }
    synchronized (lock) {
      if (!closed && watcher == null) {
        watcher = new RootWatcher(shared, lanes, watches.get(), requests);
        watcher.start();
      }
    }
  }

  /** Goes through all folders soon: a camera takes pictures again. */
  public void scanSoon() {
    var _ = requests.add();
  }

  /** How it is: down without its root, degraded when notifications or the store fail. */
  public Component status() {
    RootWatcher running;
    synchronized (lock) {
      running = watcher;
    }
    return running == null ? new Component(Status.DOWN, "not started") : running.status();
  }

  /** Stops within seconds. What is not in the ledger by then is found at the next start. */
  @Override
  public void close() {
    RootWatcher running;
    synchronized (lock) {
      running = closed ? null : watcher;
      closed = true;
    }
    if (running != null) {
      running.close();
      try {
        lanes.close(STOP);
      } catch (InterruptedException _) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static DirectoryWatch openWatch(IngestConfig config) {
    if (config.polling()) {
      return new NoDirectoryWatch();
    }
    try {
      return new NioDirectoryWatch(FileSystems.getDefault().newWatchService());
    } catch (IOException | UnsupportedOperationException e) {
      log.warn("New pictures are only looked for every ingest.rescan, since folders cannot be watched"
          + " (Linux: raise fs.inotify.max_user_instances): {}", e.toString());
      return new NoDirectoryWatch();
    }
  }
}
