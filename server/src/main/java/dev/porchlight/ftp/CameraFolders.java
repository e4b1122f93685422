package dev.porchlight.ftp;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Puts whole uploads into the folders of their cameras, where they are found like any other file. Nothing that is there is
 * ever replaced: a camera that calls every picture the same would otherwise lose those that were not yet looked at.
 * Thread-safe.
 */
final class CameraFolders {
  private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("uuuuMMdd-HHmmss.SSS")
      .withZone(ZoneOffset.UTC);

  private final Path root;
  private final Clock clock;
  private final RandomGenerator random;
  /** Places that another upload is about to take. */
  private final Set<Path> taken = ConcurrentHashMap.newKeySet();

  CameraFolders(Path root, Clock clock, RandomGenerator random) {
    this.root = root;
    this.clock = clock;
    this.random = random;
  }

  /**
   * Moves an upload to its place, in one step; when this returns, its bytes, its name and every folder on the way down from
   * the root are on disk. A name that is taken gets the time added.
   *
   * @return where it is
   */
  Path place(String cameraId, RemotePath to, StagedFile file) throws RefusedException {
    file.force();
    Path wanted = path(cameraId, to);
    try {
      Path folder = root;
      for (Path name : root.relativize(parent(wanted))) {
        folder = folder.resolve(name);
        requireFolder(folder);
      }
      Path free = reserve(wanted);
      try {
        Files.move(file.path(), free, StandardCopyOption.ATOMIC_MOVE);
      } finally {
        taken.remove(free);
      }
      for (Path above = parent(free); above.startsWith(root); above = parent(above)) {
        force(above);
      }
      return free;
    } catch (RefusedException e) {
      throw e;
    } catch (IOException e) {
      throw StagedFile.refusal(e);
    }
  }

  private Path path(String cameraId, RemotePath to) throws RefusedException {
    try {
      Path path = root.resolve(cameraId);
      for (String name : to.segments()) {
        path = path.resolve(name);
      }
      return path;
    } catch (InvalidPathException _) {
      throw new RefusedException(553, Reason.BAD_NAME, "Name not allowed: no file can have it here.");
    }
  }

  /** Symbolic links are not followed: whoever could make one would choose where uploads go. */
  private static void requireFolder(Path folder) throws IOException {
    if (!Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
      if (Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
        throw new RefusedException(553, Reason.BAD_NAME, "Name not allowed: " + folder.getFileName()
            + " is there, and is no folder.");
      }
      // Another upload may make it at the same time.
      Files.createDirectories(folder);
    }
  }

  private Path reserve(Path wanted) {
    Path place = wanted;
    while (!taken.add(place) || isThere(place)) {
      place = unique(wanted);
    }
    return place;
  }

  private boolean isThere(Path place) {
    boolean isThere = Files.exists(place, LinkOption.NOFOLLOW_LINKS);
    if (isThere) {
      taken.remove(place);
    }
    return isThere;
  }

  private Path unique(Path wanted) {
    String name = wanted.getFileName().toString();
    int dot = name.lastIndexOf('.');
    Instant now = clock.instant();
    return wanted.resolveSibling(name.substring(0, dot) + "-" + TIME.format(now) + "-"
        + String.format("%04x", random.nextInt(1 << 16)) + name.substring(dot));
  }

  private static void force(Path folder) throws IOException {
    try (var names = FileChannel.open(folder, StandardOpenOption.READ)) {
      names.force(true);
    }
  }

  private static Path parent(Path path) {
    Path parent = path.getParent();
    if (parent == null) {
      throw new IllegalArgumentException("a file system's root has no parent");
    }
    return parent;
  }
}
