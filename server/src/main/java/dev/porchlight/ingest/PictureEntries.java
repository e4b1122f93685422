package dev.porchlight.ingest;

import dev.porchlight.domain.FileVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import org.jspecify.annotations.Nullable;

/**
 * Says which entries of a camera's folder may be pictures. A symbolic link to a file is taken as long as the file lies
 * inside the root; a link to a folder is never followed, so that no walk goes in circles or out of the root. Thread-safe.
 */
final class PictureEntries {
  private final Path root;
  private final Refusals refusals;

  PictureEntries(Path root, Refusals refusals) {
    this.root = root;
    this.refusals = refusals;
  }

  /**
   * The version of a file that may be a picture, else null.
   *
   * @param attributes of the entry itself, links not followed
   */
  @Nullable
  FileVersion version(Path entry, BasicFileAttributes attributes) {
    if (attributes.isSymbolicLink()) {
      return ofLink(entry);
    }
    if (!attributes.isRegularFile() || !PictureFile.isNamedLikeOne(entry)) {
      return null;
    }
    if (!PictureFile.canBeWrittenDown(entry)) {
      refusals.tellOnce(entry, Refusal.BAD_NAME, "its name is no text in this locale; a UTF-8 locale may help");
      return null;
    }
    return PictureFile.version(entry, attributes);
  }

  private @Nullable FileVersion ofLink(Path link) {
    boolean isNamedLikeOne = PictureFile.isNamedLikeOne(link);
    try {
      Path target = link.toRealPath();
      if (Files.isDirectory(target)) {
        refuse(link, "a symbolic link to a folder is not followed");
      } else if (isNamedLikeOne && !target.startsWith(root.toRealPath())) {
        refuse(link, "it is a symbolic link that leaves camera.root");
      } else if (isNamedLikeOne) {
        return version(link, Files.readAttributes(target, BasicFileAttributes.class));
      }
    } catch (IOException e) {
      if (isNamedLikeOne) {
        refuse(link, "it is a symbolic link that leads nowhere: " + e);
      }
    }
    return null;
  }

  private void refuse(Path link, String detail) {
    refusals.tellOnce(link, Refusal.LINK, detail);
  }
}
