package dev.porchlight.ftp;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import org.apache.ftpserver.ftplet.FileSystemView;
import org.apache.ftpserver.ftplet.FtpFile;
import org.jspecify.annotations.Nullable;

/**
 * What one session sees: its own uploads, and nothing that was there before. Every folder that a name allows is there, so
 * that no camera fails over one that it forgot to make; on disk it is made with the first file in it. Thread-safe.
 */
final class CameraView implements FileSystemView {
  /** Of what has arrived, for listings; a camera may stay logged in for months. */
  private static final int REMEMBERED = 200;
  /** Files that wait to be renamed, each an open one. */
  private static final int MOST_WAITING = 8;

  private final String cameraId;
  private final Clock clock;
  private final Object lock = new Object();
  @GuardedBy("lock")
  private RemotePath working = RemotePath.ROOT;
  @GuardedBy("lock")
  private final SequencedMap<RemotePath, Arrived> arrived = new LinkedHashMap<>();
  @GuardedBy("lock")
  private final SequencedMap<RemotePath, StagedFile> waiting = new LinkedHashMap<>();
  @GuardedBy("lock")
  private @Nullable RemotePath renaming;
  @GuardedBy("lock")
  private boolean disposed;

  CameraView(String cameraId, Clock clock) {
    this.cameraId = cameraId;
    this.clock = clock;
  }

  String cameraId() {
    return cameraId;
  }

  RemotePath resolve(String argument) throws RefusedException {
    synchronized (lock) {
      return working.resolve(argument);
    }
  }

  /** Notes that a file has arrived. */
  void arrived(RemotePath path, long size) {
    long now = clock.millis();
    synchronized (lock) {
      arrived.putLast(path, new Arrived(size, now));
      if (arrived.size() > REMEMBERED) {
        arrived.pollFirstEntry();
      }
    }
  }

  /** Keeps a file until it is renamed or the session ends; one of the same name is let go. */
  void keep(RemotePath path, StagedFile file) throws RefusedException {
    StagedFile before = null;
    boolean isFull;
    synchronized (lock) {
      isFull = disposed || (waiting.size() >= MOST_WAITING && !waiting.containsKey(path));
      if (!isFull) {
        before = waiting.put(path, file);
      }
    }
    if (before != null) {
      before.close();
    }
    if (isFull) {
      throw new RefusedException(452, Reason.TOO_MUCH_UNFINISHED,
          "Too many files wait to be renamed to what they are; nothing was kept.");
    }
  }

  /** The file that waits under a name, which no longer waits then; null when there is none. */
  @Nullable
  StagedFile take(RemotePath path) {
    synchronized (lock) {
      return waiting.remove(path);
    }
  }

  boolean isWaiting(RemotePath path) {
    synchronized (lock) {
      return waiting.containsKey(path);
    }
  }

  void renames(@Nullable RemotePath from) {
    synchronized (lock) {
      renaming = from;
    }
  }

  @Nullable
  RemotePath renaming() {
    synchronized (lock) {
      return renaming;
    }
  }

  @Override
  public FtpFile getHomeDirectory() {
    return file(RemotePath.ROOT);
  }

  @Override
  public FtpFile getWorkingDirectory() {
    synchronized (lock) {
      return file(working);
    }
  }

  @Override
  public boolean changeWorkingDirectory(String folder) {
    try {
      synchronized (lock) {
        working = working.resolve(folder);
      }
      return true;
    } catch (RefusedException _) {
      return false;
    }
  }

  /** What a name stands for; a name that none can have stands for a file that is not there. */
  @Override
  public FtpFile getFile(String argument) {
    try {
      return file(resolve(argument));
    } catch (RefusedException _) {
      return new ViewFile(RemotePath.ROOT, false, false, 0, 0, List.of());
    }
  }

  private ViewFile file(RemotePath path) {
    synchronized (lock) {
      Arrived known = arrived.get(path);
      StagedFile kept = waiting.get(path);
      if (known != null) {
        return new ViewFile(path, false, true, known.size, known.at, List.of());
      }
      if (kept != null) {
        return new ViewFile(path, false, true, kept.size(), clock.millis(), List.of());
      }
      boolean isFolder = path.isRoot() || FileKind.of(path.name()) == null;
      return new ViewFile(path, isFolder, isFolder, 0, clock.millis(), isFolder ? children(path) : List.of());
    }
  }

  @GuardedBy("lock")
  private List<ViewFile> children(RemotePath folder) {
    var children = new ArrayList<ViewFile>();
    arrived.forEach((path, file) -> {
      if (path.isIn(folder)) {
        children.add(new ViewFile(path, false, true, file.size, file.at, List.of()));
      }
    });
    waiting.forEach((path, file) -> {
      if (path.isIn(folder)) {
        children.add(new ViewFile(path, false, true, file.size(), 0, List.of()));
      }
    });
    return children;
  }

  @Override
  public boolean isRandomAccessible() {
    return false;
  }

  /** The session has ended: what still waits is let go. */
  @Override
  public void dispose() {
    List<StagedFile> left;
    synchronized (lock) {
      disposed = true;
      left = List.copyOf(waiting.values());
      waiting.clear();
    }
    left.forEach(StagedFile::close);
  }

  private record Arrived(long size, long at) {}
}
