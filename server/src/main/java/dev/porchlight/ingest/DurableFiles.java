package dev.porchlight.ingest;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;

/** Files that survive a power cut. */
final class DurableFiles {
  private DurableFiles() {}

  /**
   * Moves a file to a new place on the same file system; when this returns, its bytes, its name and every folder on the way
   * down from {@code base} are on disk.
   */
  static void move(Path from, Path to, Path base) throws IOException {
    // The bytes first: a name without its bytes is worse than none.
    try (var bytes = FileChannel.open(from, StandardOpenOption.WRITE)) {
      bytes.force(true);
    }
    Files.createDirectories(parent(to));
    Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
    // Each of them every time, since another thread may have made a folder and not have come to this yet; forcing one that
    // has not changed costs next to nothing.
    for (Path folder = parent(to); folder.startsWith(base); folder = parent(folder)) {
      force(folder);
    }
  }

  /** Creates a folder in one that is on disk already; when this returns, it is on disk too. */
  static void createFolder(Path folder) throws IOException {
    Files.createDirectories(folder);
    force(parent(folder));
  }

  /** Makes sure of the names in a folder: a new file or folder is on disk when the folder that it is in is. */
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
