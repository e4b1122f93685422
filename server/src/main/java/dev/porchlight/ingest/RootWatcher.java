package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.Health.Component;
import dev.porchlight.domain.Health.Status;
import dev.porchlight.metrics.TaskGuard;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps an eye on the root: one thread follows the notifications, which are hints; another goes through everything at
 * start, every so often, and when hints were lost, which is the truth.
 */
final class RootWatcher implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(RootWatcher.class);
  private static final Duration LONGEST_ABSENCE = Duration.ofSeconds(5);
  private static final Duration STOP = Duration.ofSeconds(2);

  private final Ingesting shared;
  private final CameraLanes lanes;
  private final DirectoryWatch watch;
  private final ScanRequests requests;
  private final RootScan scan;
  private final Path root;
  private final Instant startedAt;
  private final TaskGuard following = new TaskGuard("ingest-watch");
  private final TaskGuard scanning = new TaskGuard("ingest-scan");
  private final Thread follower = Thread.ofPlatform().name("ingest-watch").daemon().unstarted(this::followOnAndOn);
  private final Thread scanner = Thread.ofPlatform().name("ingest-scan").daemon().unstarted(this::scanOnAndOn);
  private volatile @Nullable String trouble;
  private volatile boolean rootIsGone;
  private volatile boolean stopping;
  /** True until everything has been gone through once; confined to the scanner, as is the next. */
  private boolean catchingUp = true;
  private @Nullable Object rootKey;

  RootWatcher(Ingesting shared, CameraLanes lanes, DirectoryWatch watch, ScanRequests requests) {
    this.shared = shared;
    this.lanes = lanes;
    this.watch = watch;
    this.requests = requests;
    this.scan = new RootScan(shared, lanes, watch);
    this.root = shared.config().root();
    this.startedAt = shared.clock().instant();
  }

  void start() {
    follower.start();
    scanner.start();
  }

  Component status() {
    return folders().orWorse(following.state()).orWorse(scanning.state()).orWorse(lanes.taskState());
  }

  private Component folders() {
    String wrong = trouble;
    if (wrong != null) {
      return new Component(rootIsGone ? Status.DOWN : Status.DEGRADED, wrong);
    }
    if (watch.isPartial() && !shared.config().polling()) {
      return new Component(Status.DEGRADED, "some folders cannot be watched and are gone through every "
          + shared.config().rescan().toSeconds() + " s");
    }
    return new Component(Status.OK, "watching " + lanes.count() + " camera folder" + (lanes.count() == 1 ? "" : "s"));
  }

  private void followOnAndOn() {
    following.loop(() -> stopping, this::followNext);
  }

  private void followNext() throws InterruptedException {
    DirectoryWatch.Hints hints;
    try {
      hints = watch.next();
    } catch (ClosedWatchServiceException _) {
      throw new InterruptedException("closing");
    }
    if (hints.lost() && requests.add()) {
      log.warn("Notifications of new pictures were lost; all camera folders are gone through");
    }
    for (Path path : hints.created()) {
      follow(path, true);
    }
    for (Path path : hints.changed()) {
      follow(path, false);
    }
  }

  private void follow(Path path, boolean isNew) throws InterruptedException {
    try {
      if (path.equals(root)) {
        var _ = requests.add();
      } else {
        scan.notified(path, isNew);
      }
    } catch (StoreException e) {
      log.debug("{} is left to the next scan: {}", Printable.of(path), e.getMessage());
    } catch (RuntimeException e) {
      log.error("The notification of {} could not be followed", Printable.of(path), e);
    }
  }

  private void scanOnAndOn() {
    scanning.loop(() -> stopping, this::scanThenPause);
  }

  private void scanThenPause() throws InterruptedException {
    scanOnce();
    if (requests.await(rootIsGone ? absence() : shared.config().rescan())) {
      // Who asks once often asks again at once; and what is found has to rest that long anyway.
      Thread.sleep(shared.config().debounce());
    }
  }

  private Duration absence() {
    Duration rescan = shared.config().rescan();
    return rescan.compareTo(LONGEST_ABSENCE) < 0 ? rescan : LONGEST_ABSENCE;
  }

  private void scanOnce() throws InterruptedException {
    try {
      findRoot();
      scan.everything(catchingUp ? this::isHistory : _ -> false);
      catchingUp = false;
      trouble = null;
    } catch (StoreException e) {
      complain("new pictures wait until the store works again: " + e.getMessage());
    } catch (IOException e) {
      if (!stopping) {
        loseRoot(e);
      }
    } catch (RuntimeException e) {
      if (!e.toString().equals(trouble)) {
        trouble = e.toString();
        log.error("The camera folders could not be gone through", e);
      }
    }
  }

  private void findRoot() throws IOException {
    var attributes = Files.readAttributes(root, BasicFileAttributes.class);
    if (!attributes.isDirectory()) {
      throw new NotDirectoryException(root.toString());
    }
    watch.watch(root, attributes.fileKey());
    if (rootIsGone) {
      rootIsGone = false;
      log.info("camera.root {} is back", root);
    }
    // A drive that was mounted there meanwhile may bring years of pictures.
    catchingUp |= rootKey != null && !Objects.equals(rootKey, attributes.fileKey());
    rootKey = attributes.fileKey();
  }

  private void loseRoot(IOException e) {
    if (Files.isReadable(root) && Files.isDirectory(root)) {
      complain("the camera folders could not all be gone through: " + e);
      return;
    }
    rootIsGone = true;
    catchingUp = true;
    complain("camera.root " + root + " is gone or cannot be read, and nothing is taken from it until it is back: " + e);
  }

  private void complain(String what) {
    if (!stopping && !what.equals(trouble)) {
      trouble = what;
      log.warn("{}", Printable.of(what));
    }
  }

  /**
   * True for an old file that came while the server was down. One that came later, whatever its modification time, has had
   * its inode changed since.
   */
  private boolean isHistory(FileVersion version) {
    if (!version.modifiedAt().isBefore(shared.clock().instant().minus(shared.config().backlog()))) {
      return false;
    }
    Instant came = inodeChangedAt(version.path());
    Instant lastAlive = shared.lastAlive();
    // What came while an earlier server ran, and was not yet taken when it died, is no history either.
    return came.isBefore(startedAt) && (lastAlive == null || came.isAfter(lastAlive) || came.equals(Instant.MIN));
  }

  private static Instant inodeChangedAt(Path file) {
    try {
      return Files.getAttribute(file, "unix:ctime") instanceof FileTime time ? time.toInstant() : Instant.MIN;
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return Instant.MIN;
    }
  }

  @Override
  public void close() {
    stopping = true;
    watch.close();
    scanner.interrupt();
    follower.interrupt();
    long end = System.nanoTime() + STOP.toNanos();
    try {
      Stopping.join(scanner, end);
      Stopping.join(follower, end);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
