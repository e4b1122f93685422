package dev.porchlight.ingest;

import dev.porchlight.config.Settings;
import java.nio.file.Path;

/**
 * What becomes of pictures that are handed in.
 *
 * @param folder     where they are kept; absolute
 * @param autoCreate {@code camera.auto-create}: the first picture of an unknown camera makes it known
 */
public record UploadConfig(Path folder, boolean autoCreate) {
  public UploadConfig {
    folder = folder.toAbsolutePath().normalize();
  }

  /** Reads the settings; the pictures are kept in {@code uploads} in the data folder. */
  public static UploadConfig read(Settings settings, Path dataFolder) {
    return new UploadConfig(folderIn(dataFolder), settings.flag("camera.auto-create", true));
  }

  static Path folderIn(Path dataFolder) {
    return dataFolder.toAbsolutePath().normalize().resolve("uploads");
  }
}
