package dev.porchlight.camera;

import dev.porchlight.config.Settings;
import dev.porchlight.domain.CameraSettings;
import java.time.Duration;

/**
 * When a camera is given up, and when it is believed to be back. What a camera says of itself wins over both silences.
 *
 * @param offlineAfter       how long a stream may be silent
 * @param uploadOfflineAfter how long a camera may be silent that only hands in pictures: a quiet night is no failure
 * @param onlineAfter        how long a camera that has just gone must be back before it is said to be
 */
public record CameraConfig(Duration offlineAfter, Duration uploadOfflineAfter, Duration onlineAfter) {
  private static final Duration LEAST = Duration.ofMillis(100);
  private static final Duration MOST = Duration.ofDays(30);

  /**
   * Reads {@code camera.offline-after}, {@code camera.upload-offline-after} and {@code camera.online-after}. Who sets the
   * first alone means every camera.
   */
  public static CameraConfig read(Settings settings) {
    Duration offline = settings.duration("camera.offline-after", Duration.ofSeconds(30), LEAST, MOST);
    Duration upload = settings.isSet("camera.offline-after") ? offline : Duration.ofHours(24);
    return new CameraConfig(offline, settings.duration("camera.upload-offline-after", upload, LEAST, MOST),
        settings.duration("camera.online-after", Duration.ofSeconds(5), Duration.ZERO, Duration.ofHours(1)));
  }

  /** How long a camera with these settings may be silent. */
  Duration silenceAllowed(CameraSettings camera) {
    if (camera.offlineAfter() != null) {
      return camera.offlineAfter();
    }
    return camera.source() == null ? uploadOfflineAfter : offlineAfter;
  }

  /**
   * How long a camera with these settings must be back. Never more than half of its silence: what would be silence enough
   * to be given up is no time to wait for a sign.
   */
  Duration trial(CameraSettings camera) {
    Duration half = silenceAllowed(camera).dividedBy(2);
    return onlineAfter.compareTo(half) < 0 ? onlineAfter : half;
  }
}
