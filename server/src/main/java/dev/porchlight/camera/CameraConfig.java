package dev.porchlight.camera;

import dev.porchlight.config.Settings;
import java.time.Duration;

/**
 * When a camera is given up.
 *
 * @param offlineAfter how long a camera may be silent
 */
public record CameraConfig(Duration offlineAfter) {
  /** Reads {@code camera.offline-after}. */
  public static CameraConfig read(Settings settings) {
    return new CameraConfig(settings.duration("camera.offline-after", Duration.ofMinutes(5), Duration.ofMillis(100),
        Duration.ofDays(30)));
  }
}
