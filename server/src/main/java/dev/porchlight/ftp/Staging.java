package dev.porchlight.ftp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Where uploads are while they come in: a hidden folder in {@code camera.root}, which no camera's is, on the file system
 * where they will end. What an earlier server left there is deleted at the start: nobody was told that it has arrived.
 * Thread-safe.
 */
final class Staging {
  /** The folder's name in {@code camera.root}. */
  static final String FOLDER = ".ftp-incoming";
  /** What is left for the database, whose writes are why anything that arrives is of use. */
  private static final long RESERVED_BYTES = 64L << 20;

  private final Path root;
  private final Path folder;
  private final long mostOfCamera;
  private final LongSupplier room;
  private final Map<String, AtomicLong> unfinished = new ConcurrentHashMap<>();

  Staging(Path root, long mostOfCamera) {
    this(root, mostOfCamera, () -> usable(root));
  }

  /**
   * For tests.
   *
   * @param room how many bytes the file system still takes
   */
  Staging(Path root, long mostOfCamera, LongSupplier room) {
    this.root = root;
    this.folder = root.resolve(FOLDER);
    this.mostOfCamera = mostOfCamera;
    this.room = room;
  }

  /** Makes the folder, and empties it. */
  void prepare() throws IOException {
    Files.createDirectories(folder);
    try (var left = Files.newDirectoryStream(folder)) {
      for (Path file : left) {
        Files.deleteIfExists(file);
      }
    }
  }

  /** Opens a file for an upload of a camera, under a name of ours. */
  StagedFile open(String cameraId) throws IOException {
    requireRoom();
    if (!Files.isDirectory(root)) {
      // To make it could mean to write below the place where a drive is to be mounted.
      throw new RefusedException(451, Reason.DISK_FAILED, "camera.root is not there.");
    }
    Files.createDirectories(folder);
    Path file = folder.resolve(UUID.randomUUID() + ".part");
    var bytes = unfinished.computeIfAbsent(cameraId, _ -> new AtomicLong());
    return new StagedFile(this, file,
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), bytes);
  }

  /** Refuses what would fill the disk to the brim. */
  void requireRoom() throws RefusedException {
    if (room.getAsLong() < RESERVED_BYTES) {
      throw full();
    }
  }

  /** Refuses what would be too much of one camera. */
  void requireQuota(long bytesOfCamera) throws RefusedException {
    if (bytesOfCamera > mostOfCamera) {
      throw new RefusedException(452, Reason.TOO_MUCH_UNFINISHED,
          "More than " + mostOfCamera + " bytes of this camera are unfinished (ftp.max-unfinished).");
    }
  }

  static RefusedException full() {
    return new RefusedException(452, Reason.DISK_FULL, "The disk is full; nothing was kept.");
  }

  private static long usable(Path root) {
    try {
      return Files.getFileStore(root).getUsableSpace();
    } catch (IOException _) {
      // Whatever is wrong will be said when the file is opened.
      return Long.MAX_VALUE;
    }
  }
}
