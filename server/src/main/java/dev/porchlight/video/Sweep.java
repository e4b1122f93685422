package dev.porchlight.video;

import dev.porchlight.domain.CameraId;
import dev.porchlight.domain.FileVersion;
import dev.porchlight.store.FrameLedger;
import dev.porchlight.store.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes what a server that died has left of pictures that nobody needs: those in which nothing was found, and those that
 * never came into the ledger. Of each camera the latest picture stays. Runs once, after a start, and lets what has come
 * since alone. Confined to one thread.
 */
final class Sweep {
  private static final Logger log = LoggerFactory.getLogger(Sweep.class);
  private static final int CHUNK = 1_000;

  private final FrameLedger ledger;
  private final Instant before;
  private final Predicate<Path> spared;
  private int deleted;

  /**
   * Prepares a sweep.
   *
   * @param before only files older than this are looked at
   * @param spared folders to leave alone
   */
  Sweep(FrameLedger ledger, Instant before, Predicate<Path> spared) {
    this.ledger = ledger;
    this.before = before;
    this.spared = spared;
  }

  /** Sweeps a folder with a folder for each camera. What goes wrong is said, and left to the next start. */
  void run(Path folder) {
    if (!Files.isDirectory(folder)) {
      return;
    }
    try (DirectoryStream<Path> cameras = Files.newDirectoryStream(folder, Files::isDirectory)) {
      for (Path camera : cameras) {
        if (CameraId.isValid(camera.getFileName().toString())) {
          sweep(camera);
        }
      }
    } catch (IOException | StoreException e) {
      if (!Thread.currentThread().isInterrupted()) {
        log.warn("{} could not be swept: {}", folder, e.toString());
      }
    } catch (RuntimeException | Error e) {
      log.error("{} could not be swept", folder, e);
    }
    if (deleted > 0) {
      log.info("{} pictures in which nothing was found are deleted from {}", deleted, folder);
    }
  }

  private void sweep(Path camera) throws IOException {
    var chunk = new ArrayList<FileVersion>();
    var unneeded = new ArrayList<FileVersion>();
    String cameraId = camera.getFileName().toString();
    Files.walkFileTree(camera, new SimpleFileVisitor<>() {
      @Override
      public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
        return spared.test(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
      }

      @Override
      public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
        var version = new FileVersion(file, attributes.size(), attributes.lastModifiedTime().toInstant());
        if (attributes.isRegularFile() && madeAt(file, version).isBefore(before)) {
          chunk.add(version);
        }
        if (chunk.size() == CHUNK) {
          collect(cameraId, chunk, unneeded);
        }
        return Thread.currentThread().isInterrupted() ? FileVisitResult.TERMINATE : FileVisitResult.CONTINUE;
      }
    });
    collect(cameraId, chunk, unneeded);
    unneeded.sort(Comparator.comparing(FileVersion::modifiedAt));
    if (!unneeded.isEmpty()) {
      unneeded.removeLast();
    }
    for (FileVersion file : unneeded) {
      deleted += Files.deleteIfExists(file.path()) ? 1 : 0;
    }
  }

  /** Its modification time says when it was taken, which of a clip is long before. */
  private static Instant madeAt(Path file, FileVersion version) {
    try {
      return Files.getAttribute(file, "unix:ctime") instanceof FileTime time ? time.toInstant() : version.modifiedAt();
    } catch (IOException | UnsupportedOperationException | IllegalArgumentException _) {
      return version.modifiedAt();
    }
  }

  private void collect(String cameraId, List<FileVersion> chunk, List<FileVersion> unneeded) {
    Set<FileVersion> needed = ledger.needed(cameraId, chunk);
    chunk.stream().filter(file -> !needed.contains(file)).forEach(unneeded::add);
    chunk.clear();
  }
}
