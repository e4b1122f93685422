package dev.porchlight.ingest;

import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.FileVersion;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Goes through the root, or looks at one path in it that was notified. Thread-safe. */
final class RootScan {
  private static final Logger log = LoggerFactory.getLogger(RootScan.class);

  private final Ingesting shared;
  private final CameraLanes lanes;
  private final DirectoryWatch watch;
  private final Path root;
  private final PictureEntries entries;

  RootScan(Ingesting shared, CameraLanes lanes, DirectoryWatch watch) {
    this.shared = shared;
    this.lanes = lanes;
    this.watch = watch;
    this.root = shared.config().root();
    this.entries = new PictureEntries(root, shared.refusals());
  }

  /**
   * Goes through everything.
   *
   * @param isHistory true for a file that is only to be recorded as seen
   */
  void everything(Predicate<FileVersion> isHistory) throws IOException, InterruptedException {
    try (var folder = Files.newDirectoryStream(root)) {
      for (Path entry : folder) {
        try {
          topEntry(entry, attributes(entry), isHistory);
        } catch (NoSuchFileException _) {
          // Gone since it was listed.
        }
      }
    } catch (DirectoryIteratorException e) {
      throw e.getCause();
    }
    watch.prune();
  }

  /**
   * Looks at one path below the root.
   *
   * @param isNew it was created or moved there; else it was changed. Only what is in a new folder is new as well: a change
   *              of an old one must not bring up all that lies in it
   */
  void notified(Path path, boolean isNew) throws InterruptedException {
    try {
      BasicFileAttributes attributes = attributes(path);
      if (attributes.isDirectory() && !isNew) {
        return;
      }
      if (path.getNameCount() == root.getNameCount() + 1) {
        topEntry(path, attributes, _ -> false);
      } else {
        inner(path, attributes);
      }
    } catch (NoSuchFileException _) {
      // Gone before it was ever seen.
    } catch (IOException e) {
      shared.refusals().tellOnce(path, Refusal.UNREADABLE, "it cannot be read: " + e);
    }
  }

  private void inner(Path path, BasicFileAttributes attributes) throws IOException, InterruptedException {
    String cameraId = path.getName(root.getNameCount()).toString();
    if (!CameraId.isValid(cameraId)) {
      return;
    }
    CameraLane lane = lanes.of(cameraId);
    if (lane.isClosed()) {
      return;
    }
    if (attributes.isDirectory()) {
      var _ = walk(lane, _ -> false).walk(path, false);
      return;
    }
    FileVersion version = entries.version(path, attributes);
    if (version != null && !lane.queue().hint(version)) {
      shared.deferred().increment();
    }
  }

  private void topEntry(Path entry, BasicFileAttributes attributes, Predicate<FileVersion> isHistory)
      throws IOException, InterruptedException {
    String name = entry.getFileName().toString();
    if (attributes.isSymbolicLink()) {
      shared.refusals().tellOnce(entry, Refusal.LINK, "a symbolic link is not followed here");
    } else if (!attributes.isDirectory()) {
      if (PictureFile.isNamedLikeOne(entry)) {
        shared.refusals().tellOnce(entry, Refusal.NO_CAMERA, "it lies in no camera's folder");
      }
    } else if (!CameraId.isValid(name)) {
      shared.refusals()
          .tellOnce(entry, Refusal.NO_CAMERA, "a camera's folder has a name of 1 to 64 of A-Z a-z 0-9 _ -");
    } else {
      camera(lanes.of(name), entry, isHistory);
    }
  }

  private void camera(CameraLane lane, Path folder, Predicate<FileVersion> isHistory) throws IOException {
    if (lane.isClosed()) {
      return;
    }
    int history = walk(lane, isHistory).walk(folder, true);
    if (history > 0) {
      log.info("camera {}: {} pictures are older than ingest.backlog and are only recorded as seen", lane.cameraId(),
          history);
    }
  }

  private CameraWalk walk(CameraLane lane, Predicate<FileVersion> isHistory) {
    return new CameraWalk(lane, shared, watch, entries, isHistory, lanes.capacity());
  }

  private static BasicFileAttributes attributes(Path path) throws IOException {
    return Files.readAttributes(path, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
  }
}
