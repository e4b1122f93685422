package dev.porchlight.api;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The part of the data folder that holds pictures and clips, and the paths by which clients may ask for them. The database,
 * the settings and whatever else lies beside it are not reached, nor is anything behind a symbolic link that leads out.
 * Immutable.
 */
final class MediaFolder {
  /** What holds pictures and clips; all other names at the top of the data folder are not for clients. */
  private static final Set<String> FOLDERS = Set.of("cameras", "uploads", "streams", "clips");
  /** Letters of any language, but nothing that a file system or a URL gives a meaning of its own, and no leading dot. */
  private static final Pattern NAME = Pattern.compile("[^./\\\\\\p{Cntrl}][^/\\\\\\p{Cntrl}]*");

  private final Path data;

  MediaFolder(Path data) {
    this.data = data.toAbsolutePath().normalize();
  }

  /** The file of a path as the store has it: relative to the data folder, or absolute. */
  Path stored(String filePath) {
    return data.resolve(filePath);
  }

  /**
   * The file that a client means.
   *
   * @param path decoded, relative to the data folder, with {@code /}
   * @return the file itself, free of links; empty when there is none that clients may have
   */
  Optional<Path> find(String path) throws IOException {
    String[] names = path.split("/", -1);
    if (names.length < 2 || !FOLDERS.contains(names[0])) {
      return Optional.empty();
    }
    for (String name : names) {
      if (!NAME.matcher(name).matches()) {
        return Optional.empty();
      }
    }
    try {
      Path root = data.toRealPath().resolve(names[0]);
      Path file = data.resolve(path).toRealPath();
      boolean isInside = file.startsWith(root) && Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS);
      return isInside ? Optional.of(file) : Optional.empty();
    } catch (FileSystemException | InvalidPathException _) {
      // Not there, a name too long, a folder that is a file, a loop of links: all the same to a client.
      return Optional.empty();
    }
  }
}
