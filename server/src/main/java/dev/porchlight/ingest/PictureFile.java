package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.Locale;

/** What a file that may be a picture, or a video, tells from outside. */
final class PictureFile {
  private static final List<String> CLIPS = List.of(".mp4", ".avi", ".mkv", ".mov", ".m4v", ".webm");

  private PictureFile() {}

  /** True when its name ends like that of a picture or a video, in capital letters or small ones. */
  static boolean isNamedLikeOne(Path file) {
    String name = lowerCase(file);
    return name.endsWith(".jpg") || name.endsWith(".jpeg") || name.endsWith(".png") || isNamedLikeClip(file);
  }

  /** True when its name ends like that of a video. */
  static boolean isNamedLikeClip(Path file) {
    String name = lowerCase(file);
    return CLIPS.stream().anyMatch(name::endsWith);
  }

  private static String lowerCase(Path file) {
    return file.getFileName().toString().toLowerCase(Locale.ROOT);
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
