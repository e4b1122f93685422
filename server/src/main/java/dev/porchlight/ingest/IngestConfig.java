package dev.porchlight.ingest;

import dev.porchlight.config.Settings;
import java.nio.file.Path;
import java.time.Duration;

/**
 * How pictures are found in folders.
 *
 * @param root            {@code camera.root}: the folder with one folder for each camera; absolute
 * @param backlog         {@code ingest.backlog}: of what arrived while the server was down, older pictures are not looked at
 * @param debounce        {@code ingest.debounce}: how long a file must not change before it is read
 * @param rescan          {@code ingest.rescan}: how often everything is gone through, whatever was notified
 * @param polling         {@code ingest.polling}: do without the file system's notifications, as network drives need it
 * @param incompleteAfter {@code ingest.incomplete-after}: how long an unfinished picture may rest before it is given up
 * @param maxClipSize     {@code ingest.max-clip-size}: larger videos are not taken, in bytes
 */
public record IngestConfig(Path root, Duration backlog, Duration debounce, Duration rescan, boolean polling,
    Duration incompleteAfter, long maxClipSize) {
  public IngestConfig {
    root = root.toAbsolutePath().normalize();
  }

  /**
   * Reads the settings.
   *
   * @param dataFolder where {@code camera.root} lies unless it is set
   */
  public static IngestConfig read(Settings settings, Path dataFolder) {
    Path fallback = dataFolder.resolve("cameras");
    Path set = settings.path("camera.root", fallback);
    Path root = (set == null ? fallback : set).toAbsolutePath().normalize();
    Path uploads = UploadConfig.folderIn(dataFolder);
    if (root.startsWith(uploads) || uploads.startsWith(root)) {
      settings.mistake("camera.root: " + root + " must not hold the folder of uploads, " + uploads
          + ", nor lie in it: each upload would be taken a second time");
    }
    return new IngestConfig(root,
        settings.duration("ingest.backlog", Duration.ofHours(24), Duration.ZERO, Duration.ofDays(3650)),
        settings.duration("ingest.debounce", Duration.ofMillis(500), Duration.ofMillis(10), Duration.ofMinutes(1)),
        settings.duration("ingest.rescan", Duration.ofSeconds(30), Duration.ofMillis(100), Duration.ofHours(1)),
        settings.flag("ingest.polling", false), settings.duration("ingest.incomplete-after", Duration.ofSeconds(10),
            Duration.ofMillis(100), Duration.ofHours(1)),
        settings.size("ingest.max-clip-size", 2L << 30, 1L << 20, 1L << 40));
  }
}
