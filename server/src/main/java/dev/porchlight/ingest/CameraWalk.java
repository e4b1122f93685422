package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import dev.porchlight.domain.FrameSource;
import dev.porchlight.domain.FrameState;
import dev.porchlight.ingest.CandidateQueue.Extent;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.FileVisitor;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * One walk through a camera's folder, or through a part of it: watches what it goes through, asks the ledger for files by
 * the chunk, and hands the oldest unknown ones on. Its memory does not depend on how many files there are. Confined to
 * one thread.
 */
final class CameraWalk implements FileVisitor<Path> {
  private static final int CHUNK = 1_000;

  private final CameraLane lane;
  private final Ingesting shared;
  private final DirectoryWatch watch;
  private final PictureEntries entries;
  private final Predicate<FileVersion> isHistory;
  private final int most;
  private final List<FileVersion> chunk = new ArrayList<>(CHUNK);
  /** The newest first, so that it is the one that goes when there are too many. */
  private final PriorityQueue<FileVersion> oldest = new PriorityQueue<>(Candidate.oldestFirst().reversed());
  private boolean cut;
  private int history;

  /**
   * Prepares a walk.
   *
   * @param isHistory true for a file that is only to be recorded as seen
   * @param most      how many files are handed on
   */
  CameraWalk(CameraLane lane, Ingesting shared, DirectoryWatch watch, PictureEntries entries,
      Predicate<FileVersion> isHistory,
      int most) {
    this.lane = lane;
    this.shared = shared;
    this.watch = watch;
    this.entries = entries;
    this.isHistory = isHistory;
    this.most = most;
  }

  /**
   * Walks.
   *
   * @param whole {@code folder} is the camera's folder
   * @return how many files were recorded as seen
   */
  int walk(Path folder, boolean whole) throws IOException {
    Files.walkFileTree(folder, this);
    settleChunk();
    List<FileVersion> found = new ArrayList<>(oldest);
    found.sort(Candidate.oldestFirst());
    lane.queue().addFound(found, cut ? Extent.CUT : whole ? Extent.WHOLE : Extent.PART);
    return history;
  }

  @Override
  public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) throws IOException {
    stopIfAsked();
    // Before its files are listed: what comes later than this is notified.
    watch.watch(folder, attributes.fileKey());
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
    FileVersion version = entries.version(file, attributes);
    if (version != null) {
      chunk.add(version);
      if (chunk.size() == CHUNK) {
        settleChunk();
      }
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
    stopIfAsked();
    if (!(e instanceof NoSuchFileException)) {
      shared.refusals().tellOnce(file, Refusal.UNREADABLE, "it cannot be read: " + e);
    }
    return FileVisitResult.CONTINUE;
  }

  @Override
  public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException e) throws IOException {
    return e == null ? FileVisitResult.CONTINUE : visitFileFailed(folder, e);
  }

  private void settleChunk() throws IOException {
    stopIfAsked();
    Set<FileVersion> known = shared.known(lane.cameraId(), chunk);
    var unread = new ArrayList<FileVersion>();
    for (FileVersion version : chunk) {
      if (!known.contains(version) && !lane.queue().holds(version.path())) {
        boolean isOver = isHistory.test(version) && !shared.clips().isBegun(lane.cameraId(), version);
        (isOver ? unread : oldest).add(version);
      }
    }
    chunk.clear();
    while (oldest.size() > most) {
      var _ = oldest.poll();
      shared.deferred().increment();
      cut = true;
    }
    record(unread);
  }

  private static void stopIfAsked() throws InterruptedIOException {
    if (Thread.currentThread().isInterrupted()) {
      throw new InterruptedIOException("closing");
    }
  }

  private void record(Collection<FileVersion> unread) {
    if (!unread.isEmpty()) {
      shared.ledger()
          .recordUnread(lane.cameraId(), FrameSource.FOLDER, unread, FrameState.SEEN,
              "older than ingest.backlog when the server started", shared.now());
      history += unread.size();
    }
  }
}
