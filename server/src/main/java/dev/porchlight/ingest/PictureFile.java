package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;

/** What a file that may be a picture tells from outside. */
final class PictureFile {
  private PictureFile() {}

  /** True when its name ends like that of a picture, in capital letters or small ones. */
  static boolean isNamedLikeOne(Path file) {
    String name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png");
  }

  /**
   * The version that is there now; of a link's target when it is a link.
   *
   * @throws NoSuchFileException when there is none, or when it is something else than a file
   */
  static FileVersion version(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new NoSuchFileException(file.toString());
    }
    return version(file, attributes);
  }

  static FileVersion version(Path file, BasicFileAttributes attributes) {
    return new FileVersion(file, attributes.size(), attributes.lastModifiedTime().toInstant());
  }

  /** False for a name of bytes that are no text here: the ledger could not name the file again. */
  static boolean canBeWrittenDown(Path file) {
    try {
      return file.equals(Path.of(file.toString()));
    } catch (InvalidPathException _) {
      return false;
    }
  }
}
