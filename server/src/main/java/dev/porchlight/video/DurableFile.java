package dev.porchlight.video;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Writes files that survive a power cut: a name that is there has all its bytes. */
final class DurableFile {
  private DurableFile() {}

  /**
   * Writes a file unless it is there already; when this returns, it is on disk, and so is every folder on the way down from
   * {@code base}.
   *
   * @param modifiedAt the modification time that it gets
   */
  static void write(Path file, byte[] bytes, Instant modifiedAt, Path base) throws IOException {
    if (Files.exists(file)) {
      return;
    }
    Path folder = parent(file);
    Files.createDirectories(folder);
    Path part = folder.resolve(file.getFileName() + ".part");
    try (var out = FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING,
        StandardOpenOption.WRITE)) {
      ByteBuffer left = ByteBuffer.wrap(bytes);
      while (left.hasRemaining()) {
        out.write(left);
      }
      Files.setLastModifiedTime(part, FileTime.from(modifiedAt));
      out.force(true);
    }
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    for (Path up = folder; up.startsWith(base); up = parent(up)) {
      try (var names = FileChannel.open(up, StandardOpenOption.READ)) {
        names.force(true);
      }
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
